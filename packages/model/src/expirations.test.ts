import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  type CalendarDate,
  calendarDate,
  fromDayNumber,
  toDayNumber,
  weekday,
} from "./calendar-date.ts";

import {
  isListedExpiration,
  listedExpirations,
  monthlySpxExpiration,
  monthlyVixExpiration,
  nextVixExpirations,
  thirdFriday,
  vixExpirations,
} from "./expirations.ts";
import { formatInstant } from "./instant.ts";
import { InvariantError } from "./invariant.ts";
import { everyWeekdaySince, listingRules, spxwListings } from "./listings.ts";
import type { Root } from "./roots.ts";
import { calendarRange, isSession } from "./session.ts";

const seed = 20_160_302;
const roots = ["SPX", "SPXW", "XSP", "SPY", "VIX", "VX"] as const satisfies readonly Root[];
const shared = new URL("../../../../shared/", import.meta.url);

interface VixFact {
  readonly settlement_date: string;
  readonly spx_options_used_expire: string;
  readonly vix_option_last_trading_day: string;
  readonly vx_last_trading_instant: string;
  readonly vx_listed: boolean;
  readonly vix_options_listed: boolean;
}

function listed(root: Root, from: string, to: string): readonly CalendarDate[] {
  return listedExpirations(root, { from: calendarDate(from), to: calendarDate(to) }).map(
    ({ expiration }) => expiration,
  );
}

describe("SPX monthlies", () => {
  test.each([
    ["2024-06-21", true],
    ["2024-06-14", false],
    ["2019-04-19", false],
    ["2019-04-18", true],
    ["2008-03-20", true],
    ["2026-06-18", true],
    ["2027-06-17", true],
    ["2014-11-21", true],
    ["2014-11-22", false],
  ])("%s: %s", (date, expected) => {
    expect(isListedExpiration("SPX", calendarDate(date))).toBe(expected);
  });

  test("the third Friday itself does not move", () => {
    expect(thirdFriday(2019, 4)).toBe("2019-04-19");
    expect(monthlySpxExpiration(2019, 4)).toBe("2019-04-18");
    expect(thirdFriday(2024, 3)).toBe("2024-03-15");
    expect(thirdFriday(2024, 11)).toBe("2024-11-15");
    expect(thirdFriday(2025, 8)).toBe("2025-08-15");
    expect(thirdFriday(2026, 5)).toBe("2026-05-15");
    expect(thirdFriday(2024, 6)).toBe("2024-06-21");
    expect(() => thirdFriday(2024, 13)).toThrow(InvariantError);
  });
});

describe("SPXW", () => {
  test.each([
    ["2010-11-26", false, "Friday weeklys of that time settled at the opening"],
    ["2010-12-03", true, "the first settled at the close"],
    ["2010-12-17", false, "no third Friday"],
    ["2011-03-31", true, "quarter-end, then SPXQ"],
    ["2014-05-30", true, "a Friday"],
    ["2014-04-30", false, "before month-ends"],
    ["2014-07-31", true, "the first month-end"],
    ["2016-02-24", false, "before Wednesdays"],
    ["2016-03-02", true, "the first Wednesday"],
    ["2016-08-15", false, "before Mondays"],
    ["2016-08-22", true, "the first Monday"],
    ["2016-09-06", true, "Labor Day moves Monday to Tuesday"],
    ["2016-09-05", false, "Labor Day"],
    ["2017-04-21", false, "third Fridays were SPXPM"],
    ["2017-05-19", true, "the first third Friday"],
    ["2018-07-03", true, "Independence Day moves Wednesday back"],
    ["2015-12-24", true, "Christmas moves Friday back"],
    ["2019-04-18", true, "Good Friday moves the third Friday back"],
    ["2022-04-19", false, "before Tuesdays"],
    ["2022-04-26", true, "the first Tuesday"],
    ["2022-05-12", false, "before Thursdays"],
    ["2022-05-19", true, "the first Thursday"],
    ["2024-03-28", true, "Good Friday on the month's last weekday"],
    ["2024-11-28", false, "Thanksgiving"],
    ["2018-12-05", true, "closed later, but the contract keeps its date"],
  ])("%s: %s (%s)", (date, expected) => {
    expect(isListedExpiration("SPXW", calendarDate(date))).toBe(expected);
  });

  test("a full week of March 2016, of October 2016 and of June 2024", () => {
    expect(listed("SPXW", "2016-03-07", "2016-03-12")).toEqual(["2016-03-09", "2016-03-11"]);
    expect(listed("SPXW", "2016-10-03", "2016-10-08")).toEqual(["2016-10-03", "2016-10-05", "2016-10-07"]);
    expect(listed("SPXW", "2024-06-17", "2024-06-23")).toEqual([
      "2024-06-17",
      "2024-06-18",
      "2024-06-20",
      "2024-06-21",
    ]);
  });

  test("on a third Friday two SPX contracts expire, one in the morning and one at the close", () => {
    const day = calendarDate("2024-06-21");
    const both = (["SPX", "SPXW"] as const).flatMap((root) =>
      listedExpirations(root, { from: day, to: day }),
    );
    expect(both.map(({ settlement, settlementKind }) => [settlement, settlementKind])).toEqual([
      ["am", "SET"],
      ["pm", "close"],
    ]);
  });
});

describe("a closure announced after the listing", () => {
  test.each([
    ["SPXW", "2018-12-05", "2018-12-04T21:00:00Z", "2018-12-04"],
    ["VIX", "2018-12-05", "2018-12-04T21:15:00Z", "2018-12-06"],
    ["VX", "2018-12-05", "2018-12-05T14:00:00Z", "2018-12-06"],
    ["SPXW", "2025-01-09", "2025-01-08T21:00:00Z", "2025-01-08"],
    ["XSP", "2025-01-09", "2025-01-08T21:00:00Z", "2025-01-08"],
  ] as const)(
    "leaves %s %s its date, but trades until %s and settles on %s",
    (root, text, last, settledOn) => {
      const date = calendarDate(text);
      const [found] = listedExpirations(root, { from: date, to: date });
      expect(found).toMatchObject({ root, expiration: date, settledOn });
      expect(found && formatInstant(found.lastTrading)).toBe(last);
    },
  );
});

describe("VIX and VX", () => {
  test.each([
    [2019, 3, "2019-03-19", "Good Friday 2019-04-19"],
    [2025, 3, "2025-03-18", "Good Friday 2025-04-18"],
    [2024, 6, "2024-06-18", "Juneteenth itself"],
    [2008, 2, "2008-02-19", "Good Friday 2008-03-21"],
    [2026, 5, "2026-05-19", "Juneteenth 2026-06-19"],
    [2025, 1, "2025-01-22", "a plain Wednesday"],
    [2004, 7, "2004-07-14", "the rule of 2004"],
    [2004, 10, "2004-10-13", "the rule of 2004"],
    [2005, 7, "2005-07-20", "never listed"],
    [2030, 12, "2030-12-18", "looks past the calendar's end"],
  ])("%i-%i settles on %s (%s)", (year, month, expected) => {
    expect(monthlyVixExpiration(year, month)).toBe(expected);
  });

  test("VX lacks four early months, and VIX options begin in March 2006", () => {
    for (const date of ["2004-12-22", "2005-04-20", "2005-07-20", "2005-09-21"]) {
      expect(isListedExpiration("VX", calendarDate(date))).toBe(false);
    }
    expect(listed("VX", "2004-01-01", "2004-12-31")).toHaveLength(7);
    expect(listed("VIX", "2004-01-01", "2006-04-30")).toEqual(["2006-03-22", "2006-04-19"]);
  });

  test("weeklies begin in August 2015 for the future and in October for options", () => {
    expect(listed("VX", "2015-07-01", "2015-08-13")).toEqual(["2015-07-22", "2015-08-05", "2015-08-12"]);
    expect(listed("VIX", "2015-10-01", "2015-11-30")).toEqual([
      "2015-10-21",
      "2015-10-28",
      "2015-11-04",
      "2015-11-11",
      "2015-11-18",
      "2015-11-24",
    ]);
    for (const date of ["2023-03-07", "2026-03-03", "2018-07-03"]) {
      expect(isListedExpiration("VIX", calendarDate(date))).toBe(true);
    }
  });
});

describe("laws", () => {
  test.each(roots)(
    "%s: sorted, unique, on planned weekdays, found one by one, and never before its rules",
    (root) => {
      const all = listedExpirations(root, calendarRange);
      const first = listingRules(root).map(({ firstExpiration }) => firstExpiration);
      expect(all[0]?.expiration).toBe([...first].sort()[0]);
      for (const [index, { expiration, settledOn }] of all.entries()) {
        const previous = all[index - 1]?.expiration ?? "";
        const isMoved = expiration === "2018-12-05" || expiration === "2025-01-09";
        if (!(previous < expiration && isListedExpiration(root, expiration))) expect.fail(expiration);
        if (!isSession(settledOn) || (settledOn !== expiration) !== isMoved) expect.fail(expiration);
      }
    },
  );

  test.each(roots)("%s: every rule's first expiration is one", (root) => {
    for (const { firstExpiration } of listingRules(root))
      expect(isListedExpiration(root, firstExpiration)).toBe(true);
  });

  test("ranges join without gap or overlap", () => {
    const days = fc.integer({ min: toDayNumber(calendarRange.from), max: toDayNumber(calendarRange.to) - 1 });
    fc.assert(
      fc.property(fc.constantFrom(...roots), days, (root, day) => {
        const middle = fromDayNumber(day);
        const left = listedExpirations(root, { from: calendarRange.from, to: middle });
        const right = listedExpirations(root, { from: addDays(middle, 1), to: calendarRange.to });
        expect(left.length + right.length).toBe(listedExpirations(root, calendarRange).length);
        expect(left.at(-1)?.expiration === middle).toBe(isListedExpiration(root, middle));
      }),
      { seed, numRuns: 300 },
    );
  });

  test("dates outside the calendar are a bug, and an empty range is empty", () => {
    expect(() => listed("SPX", "1989-01-01", "1990-12-31")).toThrow(InvariantError);
    expect(() => listed("SPX", "2030-01-01", "2031-12-31")).toThrow(InvariantError);
    expect(listed("SPX", "2024-06-21", "2024-06-20")).toEqual([]);
  });
});

describe("against stored data", () => {
  test("the VIX dates of 284 months, their listing and last trading are the collected ones", ({ skip }) => {
    const file = new URL("reference/facts/vix_expirations.json", shared);
    if (!existsSync(file)) skip("reference facts are not here");
    const facts: { expirations: readonly VixFact[] } = JSON.parse(readFileSync(file, "utf8"));
    const dates = facts.expirations.map((row) => calendarDate(row.settlement_date));

    expect(dates).toHaveLength(284);
    expect(vixExpirations(calendarDate("2004-05-01"), calendarDate("2027-12-31"))).toEqual(dates);
    for (const [index, row] of facts.expirations.entries()) {
      const date = dates[index] ?? expect.fail("a date for each row");
      expect([row.settlement_date, isListedExpiration("VX", date), isListedExpiration("VIX", date)]).toEqual([
        row.settlement_date,
        row.vx_listed,
        row.vix_options_listed,
      ]);
      expect(isListedExpiration("SPX", calendarDate(row.spx_options_used_expire))).toBe(true);
      const [option] = listedExpirations("VIX", { from: date, to: date });
      if (option !== undefined)
        expect(formatInstant(option.lastTrading).slice(0, 10)).toBe(row.vix_option_last_trading_day);
      expect(row.vx_last_trading_instant).toBe(`${date} 09:00 ET`);
    }
  });

  test("SPXW begins each rhythm no earlier than the collected history lists it", ({ skip }) => {
    const file = new URL("reference/facts/listings.json", shared);
    if (!existsSync(file)) skip("reference facts are not here");
    const facts: { roots: { SPXW: { history: readonly { date: string; fact: string }[] } } } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    const history = facts.roots.SPXW.history;
    const rhythms = [
      ["friday", "first PM-settled Friday weekly"],
      ["month-end", "end-of-month series begin"],
      ["wednesday", "Wednesday expiries begin"],
      ["monday", "Monday expiries begin"],
      ["third-friday", "third-Friday PM series move"],
      ["tuesday", "Tuesday expiries listed"],
      ["thursday", "Thursday expiries listed"],
    ] as const;
    for (const [cycle, fact] of rhythms) {
      const date = history.find((row) => row.fact.startsWith(fact))?.date ?? expect.fail(`no fact: ${fact}`);
      const first = spxwListings.find((row) => row.cycle === cycle)?.firstExpiration ?? expect.fail(cycle);
      expect(
        first >= date && first.slice(0, 7) === date.slice(0, 7).replace("2016-02", "2016-03"),
        cycle,
      ).toBe(true);
    }
  });

  test.for([
    ["spx_2011_ivolatility/2011-01-03.csv.gz", 4],
    ["spx_2019_cboe_delayed/2019-04-29.csv.gz", 20],
    ["spx_2019_cboe_delayed/2019-07-02.csv.gz", 20],
    ["spx_cboe_quotedata/2023-09-14.csv.gz", 39],
    ["xsp_cboe_quotedata/2023-09-14.csv.gz", 39],
    ["spy_cboe_quotedata/2023-09-14.csv.gz", 15],
    ["vix_2016_cboe_datashop/2016-06-01.csv.gz", 28],
  ] as const)(
    "the chain %s holds only listed expirations, and all of the next %i days",
    ([name, days], { skip }) => {
      const file = new URL(`data/options/${name}`, shared);
      if (!existsSync(file)) skip("the chain is not here");
      const rows = gunzipSync(readFileSync(file)).toString("utf8").split("\n").slice(1);
      const inChain = new Set(
        rows.filter((row) => row !== "").map((row) => row.split(",", 4).slice(2).join(" ")),
      );
      const quoted = calendarDate(name.slice(-17, -7));
      for (const key of inChain) {
        const [root = "", date = ""] = key.split(" ");
        expect(isListedExpiration(rootOf(root), calendarDate(date)), key).toBe(true);
      }
      for (const root of new Set([...inChain].map((key) => key.split(" ")[0] ?? ""))) {
        for (const date of listed(rootOf(root), quoted, addDays(quoted, days))) {
          if (root !== "SPXPM") expect(inChain.has(`${root} ${date}`), `${root} ${date}`).toBe(true);
        }
      }
    },
  );
});

/** The vendor of the 2011 chain writes SPXPM for the quarter-ends that became SPXW. */
function rootOf(text: string): Root {
  return (
    roots.find((root) => root === text) ?? (text === "SPXPM" ? "SPXW" : expect.fail(`unknown root ${text}`))
  );
}

test("weeklys fall on weekdays even where holidays move them", () => {
  for (const { expiration } of listedExpirations("SPXW", calendarRange)) {
    if (["saturday", "sunday"].includes(weekday(expiration))) expect.fail(expiration);
  }
});

describe("nextVixExpirations", () => {
  test("starts strictly after the date and steps month by month", () => {
    expect(nextVixExpirations(calendarDate("2019-03-18"), 3)).toEqual([
      "2019-03-19",
      "2019-04-17",
      "2019-05-22",
    ]);
    expect(nextVixExpirations(calendarDate("2019-03-19"), 1)).toEqual(["2019-04-17"]);
  });

  test("agrees with the list by dates for every day of four years", () => {
    for (
      let day = toDayNumber(calendarDate("2004-01-01"));
      day < toDayNumber(calendarDate("2008-01-01"));
      day += 1
    ) {
      const after = fromDayNumber(day);
      expect(nextVixExpirations(after, 4)).toEqual(
        vixExpirations(addDays(after, 1), addDays(after, 200)).slice(0, 4),
      );
    }
  });
});

describe("everyWeekdaySince", () => {
  test("is the first Thursday of the SPXW weeklys, and nothing for roots without daily expirations", () => {
    expect(everyWeekdaySince("SPXW")).toBe("2022-05-19");
    expect(everyWeekdaySince("SPX")).toBeUndefined();
    expect(everyWeekdaySince("VIX")).toBeUndefined();
  });
});
