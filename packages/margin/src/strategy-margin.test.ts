import { calendarDate, Failure, instantAt, type Money, toModel } from "@steward/model";
import { describe, expect, it } from "vitest";
import type { Book, MarginMarket } from "./book.ts";
import { cashAccount, exchangeMinimum, type MarginRules, typicalBroker } from "./rules.ts";
import { bookOf, dollarsOf, leg, marginOf, marketOf } from "./testing/books.ts";

const SPY = marketOf({ SPY: 500 });

function namesOf(book: Book, market?: MarginMarket, rules?: MarginRules): readonly string[] {
  return marginOf(book, market, rules).groups.map(({ name }) => name);
}

describe("the working", () => {
  it("of an uncovered put tells every number of its formula", () => {
    const [group] = marginOf(bookOf(["-2 P 4800 @25"])).groups;
    expect(group).toMatchObject({
      name: "uncovered put",
      legs: [{ name: "SPXW 2026-02-04 P 4800", count: -2, price: 25 }],
      requirement: 115_000e6,
      proceeds: 5_000e6,
      deposit: 110_000e6,
      working: {
        kind: "uncovered",
        terms: {
          rate: { percent: 15, minimumPercent: 10 },
          premium: 2_500e6,
          underlyingValue: 500_000e6,
          outOfTheMoney: 20_000e6,
          basic: 55_000e6,
          minimumOf: 480_000e6,
          minimum: 48_000e6,
          requirement: 57_500e6,
        },
      },
    });
  });

  it("of a condor shows what it pays at every strike", () => {
    const legs = ["+2 P 4750 @20", "-2 P 4800 @25", "-2 C 5200 @9", "+2 C 5360 @2"];
    const [group, ...others] = marginOf(bookOf(legs)).groups;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ name: "iron condor", proceeds: 2_400e6 });
    const { working } = group ?? {};
    if (working?.kind !== "largest-loss") throw new Error("expected the largest loss");
    expect(working.points.map(({ settlement, payoff }) => [settlement / 1000, toModel(payoff)])).toEqual([
      [0, -10_000],
      [4750, -10_000],
      [4800, 0],
      [5200, 0],
      [5360, -32_000],
    ]);
  });

  it.each([
    ["vertical spread", ["-1 P 4800 @25", "+1 P 4750 @20"]],
    ["iron butterfly", ["+1 P 4900 @30", "-1 P 5000 @60", "-1 C 5000 @62", "+1 C 5100 @20"]],
    ["butterfly", ["-1 C 4950 @90", "+2 C 5000 @62", "-1 C 5050 @42"]],
    ["box", ["-1 C 5000 @100", "+1 C 5100 @50", "-1 P 5100 @98", "+1 P 5000 @50"]],
    ["ratio backspread", ["-1 C 5000 @62", "+2 C 5100 @20"]],
    ["calendar spread", ["-1 SPXW 2026-02-04 P 4900 @30", "+1 SPXW 2026-03-06 P 4900 @50"]],
    ["diagonal spread", ["-1 SPXW 2026-02-04 P 4900 @30", "+1 SPXW 2026-03-06 P 4850 @40"]],
    ["short strangle", ["-1 P 4800 @25", "-1 C 5200 @9"]],
  ])("names a %s", (name, legs) => {
    expect(namesOf(bookOf(legs))).toEqual([name]);
  });

  it("leaves a long that secures nothing out of the group", () => {
    const legs = ["+1 P 4750 @20", "-1 P 4800 @25", "+1 P 4000 @1"];
    expect(namesOf(bookOf(legs))).toEqual(["vertical spread", "long put"]);
  });
});

describe("strategies", () => {
  it("short butterfly and short iron butterfly need the wing", () => {
    const short = bookOf(["-1 C 4950 @90", "+2 C 5000 @62", "-1 C 5050 @42"]);
    expect(dollarsOf(marginOf(short))).toEqual([5_000, 4_200]);
    const iron = bookOf(["+1 P 4900 @30", "-1 P 5000 @60", "-1 C 5000 @62", "+1 C 5100 @20"]);
    expect(dollarsOf(marginOf(iron))).toEqual([10_000, 2_800]);
  });

  it("the greater side of a strangle is the one with the greater requirement", () => {
    // Put: 75,000 - 20,000 + 2,500 = 57,500. Call: 75,000 - 20,000 + 900 = 55,900.
    expect(dollarsOf(marginOf(bookOf(["-1 P 4800 @25", "-1 C 5200 @9"])))).toEqual([58_400, 55_000]);
  });

  it("a front ratio leaves one short uncovered", () => {
    // The spread costs 4,200; the other call needs 75,000 - 10,000 and its premium of 2,000.
    const margin = marginOf(bookOf(["+1 C 5000 @62", "-2 C 5100 @20"]));
    expect(dollarsOf(margin)).toEqual([71_200, 69_200]);
    expect(margin.groups.map(({ name }) => name)).toEqual(["vertical spread", "uncovered call"]);
  });

  it("a far wing costs no more than none: the lesser of the largest loss and the uncovered requirement", () => {
    // 180,000 at the worst, or 55,000 uncovered and 100 for the wing.
    expect(dollarsOf(marginOf(bookOf(["-1 P 4800 @25", "+1 P 3000 @1"])))[1]).toBe(55_100);
  });

  it("a long option beyond nine months is paid to 75 percent, but in full in a spread", () => {
    expect(dollarsOf(marginOf(bookOf(["+1 SPX 2026-10-05 C 5000 @300"])))[0]).toBe(30_000);
    expect(dollarsOf(marginOf(bookOf(["+1 SPX 2026-10-06 C 5000 @300"])))[0]).toBe(22_500);
    const vertical = ["+1 SPX 2026-12-18 C 5000 @400", "-1 SPX 2026-12-18 C 5100 @350"];
    expect(dollarsOf(marginOf(bookOf(vertical)))[1]).toBe(5_000);
    expect(
      dollarsOf(
        marginOf(bookOf(["+1 SPX 2026-12-18 C 5000 @300"]), marketOf(), cashAccount(exchangeMinimum)),
      )[0],
    ).toBe(30_000);
  });

  it("a long box of European options takes half of what it pays", () => {
    const box = ["+1 C 5000 @100", "-1 C 5100 @51", "+1 P 5100 @98", "-1 P 5000 @48"];
    const margin = marginOf(bookOf(box));
    expect(dollarsOf(margin)).toEqual([5_000, 5_000]);
    expect(margin.groups[0]).toMatchObject({
      name: "long box",
      working: { cost: 9_900e6, difference: 10_000e6 },
    });
    expect(dollarsOf(marginOf(bookOf(box), marketOf(), cashAccount(exchangeMinimum)))[1]).toBe(9_900);
  });

  it("a long that dies before the short does not cover it", () => {
    // Uncovered 75,000 and 9,500, the long's 6,200; the proceeds of 9,500 are applied.
    const late = ["+1 SPXW 2026-02-04 C 5000 @62", "-1 SPXW 2026-03-06 C 5000 @95"];
    expect(dollarsOf(marginOf(bookOf(late)))).toEqual([90_700, 81_200]);
    const morning = ["+1 SPX 2026-01-16 C 5050 @40", "-1 SPXW 2026-01-16 C 5000 @60"];
    expect(dollarsOf(marginOf(bookOf(morning)))).toEqual([85_000, 79_000]);
  });

  it("an AM call over a PM call of the same strike and date is a debit, the other way round uncovered", () => {
    const am = ["-1 SPX 2026-01-16 C 5000 @60", "+1 SPXW 2026-01-16 C 5000 @61"];
    expect(dollarsOf(marginOf(bookOf(am)))).toEqual([100, 100]);
    const pm = ["+1 SPX 2026-01-16 C 5000 @60", "-1 SPXW 2026-01-16 C 5000 @61"];
    expect(dollarsOf(marginOf(bookOf(pm)))[1]).toBe(81_000);
  });

  it("VIX calendars offset at the exchange and not at a typical broker", () => {
    const book = bookOf(["-1 VIX 2026-02-18 C 20 @1.5", "+1 VIX 2026-03-18 C 20 @2"]);
    const market = marketOf({ VIX: 18 });
    expect(dollarsOf(marginOf(book, market))).toEqual([50, 50]);
    // 20 % of 18 less 2 points out of the money is under the floor of 1.80: 180, its premium of 150, and the long's 200.
    expect(dollarsOf(marginOf(book, market, typicalBroker))).toEqual([530, 380]);
  });

  it("shares cover calls, in the money too, and those sold short cover puts", () => {
    expect(dollarsOf(marginOf(bookOf(["-1 SPY 2026-02-04 C 490 @14"], 150), SPY))).toEqual([
      25_000 + 1_000 + 12_500,
      37_100,
    ]);
    expect(namesOf(bookOf(["-1 SPY 2026-02-04 C 490 @14"], 150), SPY)).toEqual([
      "covered call",
      "long shares",
    ]);
    const put = bookOf(["-1 SPY 2026-02-04 P 510 @12"], -100);
    expect(dollarsOf(marginOf(put, SPY))).toEqual([26_000, 24_800]);
    expect(namesOf(put, SPY)).toEqual(["covered put"]);
    expect(dollarsOf(marginOf(bookOf([], -100), SPY))).toEqual([25_000, 25_000]);
  });

  it("two calls over a hundred shares leave one uncovered", () => {
    expect(namesOf(bookOf(["-2 SPY 2026-02-04 C 510 @4"], 100), SPY)).toEqual([
      "covered call",
      "uncovered call",
    ]);
  });

  it("underlyings add up, none securing another", () => {
    const condor = ["+1 P 4750 @20", "-1 P 4800 @25", "-1 C 5200 @9", "+1 C 5250 @6"];
    const both = bookOf([...condor, "-1 XSP 2026-02-04 P 480 @2.5", "+4 VIX 2026-02-18 C 25 @0.8"]);
    const market = marketOf({ SPX: 5000, XSP: 500, VIX: 18 });
    expect(dollarsOf(marginOf(both, market))).toEqual([5_000 + 5_750 + 320, 4_200 + 5_500 + 320]);
  });

  it("a series held twice is netted", () => {
    const book = bookOf(["-3 P 4800 @25", "+2 P 4800 @25"]);
    expect(marginOf(book)).toEqual(marginOf(bookOf(["-1 P 4800 @25"])));
    expect(marginOf(bookOf(["-1 P 4800 @25", "+1 P 4800 @25"]))).toMatchObject({ deposit: 0, groups: [] });
  });

  it("a book of nothing needs nothing", () => {
    expect(marginOf(bookOf([]))).toEqual({ requirement: 0, proceeds: 0, deposit: 0, groups: [], slack: 0 });
  });
});

describe("a cash account", () => {
  const cash = cashAccount(exchangeMinimum);

  it("holds condors, covered calls and secured puts", () => {
    const condor = bookOf(["+1 P 4750 @20", "-1 P 4800 @25", "-1 C 5200 @9", "+1 C 5250 @6"]);
    expect(dollarsOf(marginOf(condor, marketOf(), cash))).toEqual([5_000, 4_200]);
    const covered = bookOf(["-1 SPY 2026-02-04 C 490 @14"], 100);
    expect(dollarsOf(marginOf(covered, SPY, cash))).toEqual([50_000, 48_600]);
  });

  it.each([
    ["a call", bookOf(["-1 C 5200 @9"]), marketOf(), { leg: "SPXW 2026-02-04 C 5200" }],
    [
      "a calendar",
      bookOf(["-1 SPXW 2026-02-04 C 5000 @62", "+1 SPXW 2026-03-06 C 5000 @95"]),
      marketOf(),
      { leg: "SPXW 2026-02-04 C 5000" },
    ],
    [
      "an American spread",
      bookOf(["-1 SPY 2026-02-04 C 510 @4", "+1 SPY 2026-02-04 C 515 @2"]),
      SPY,
      { leg: "SPY 2026-02-04 C 510" },
    ],
    ["shares sold short", bookOf([], -100), SPY, { underlying: "SPY", shares: -100 }],
  ])("refuses %s", (_, book, market, details) => {
    const failure = failureOf(() => marginOf(book, market, cash));
    expect(failure).toMatchObject({ code: "margin.not-permitted", details });
  });
});

describe("what is no book", () => {
  const put = leg("-1 P 4800 @25");
  const name = "SPXW 2026-02-04 P 4800";
  it.each([
    ["a count of nothing", { options: [{ ...put, count: 0 }] }, name],
    ["half a contract", { options: [{ ...put, count: 0.5 }] }, name],
    ["a negative price", { options: [{ ...put, price: -1 }] }, name],
    ["two prices of one series", { options: [put, { ...put, price: 26 }] }, name],
    ["an expired leg", { options: [leg("-1 SPXW 2026-01-02 P 4800 @25")] }, "SPXW 2026-01-02 P 4800"],
    ["half a share", { options: [], shares: [{ underlying: "SPY", count: 0.5 } as const] }, "shares of SPY"],
  ])("%s is refused by name", (_, book, named) => {
    expect(failureOf(() => marginOf(book))).toMatchObject({ code: "input.invalid", details: { leg: named } });
  });

  it("an option that settled on the opening has expired since, one that settles on the close has not", () => {
    const at = (time: string) => ({
      at: instantAt(calendarDate("2026-02-20"), time, "America/New_York"),
      spots: { SPX: 5000 },
    });
    const morning = bookOf(["-1 SPX 2026-02-20 P 4800 @25"]);
    expect(marginOf(morning, at("09:29")).deposit).toBeGreaterThan(0);
    expect(failureOf(() => marginOf(morning, at("09:30"))).message).toBe(
      "expected SPX 2026-02-20 P 4800 to expire after 2026-02-20 09:30, found it expired",
    );
    expect(marginOf(bookOf(["-1 SPXW 2026-02-20 P 4800 @25"]), at("15:00")).deposit).toBeGreaterThan(0);
  });

  it("more shares than the ledger counts are refused", () => {
    expect(failureOf(() => marginOf(bookOf([], 1e10), SPY)).code).toBe("input.invalid");
  });

  it("a spot that is missing, or a book beyond the ledger", () => {
    expect(failureOf(() => marginOf(bookOf(["-1 P 4800 @25"]), SPY).groups).message).toBe(
      "expected a spot of SPX in points, found none",
    );
    expect(failureOf(() => marginOf(bookOf(["-9999999 P 4800 @25"]))).code).toBe("input.invalid");
  });
});

it("a book too large to search to the end says how far off the least may be", () => {
  const dates = ["SPXW 2026-01-16", "SPXW 2026-01-23", "SPXW 2026-02-20", "SPXW 2026-03-20"];
  const legs = Array.from({ length: 40 }, (_, index) => {
    const count = ((index * 37) % 61) - 30 || 7;
    const points = 5000 + (((index * 13) % 17) - 8) * 225;
    const right = index % 3 === 0 ? "C" : "P";
    return `${count > 0 ? "+" : ""}${count} ${dates[index % 4]} ${right} ${points} @${1 + (index % 7)}`;
  });
  const distinct = legs.filter((text, index) => {
    const series = text.split(" ").slice(1, 5).join(" ");
    return legs.findIndex((other) => other.includes(series)) === index;
  });
  const margin = marginOf(bookOf(distinct));
  const apart = distinct.reduce((sum, text) => sum + marginOf(bookOf([text])).deposit, 0);
  expect(margin.deposit).toBeLessThanOrEqual(apart);
  expect(margin.slack).toBeGreaterThan(0);
  expect(margin.slack).toBeLessThan(0.1 * toModel((apart - margin.deposit) as Money));
});

it("condors of many dates and sizes beside layers of VIX calls are searched to the end", () => {
  const condors = ["2026-01-06", "2026-01-07", "2026-01-09", "2026-01-16"].flatMap((date, index) => {
    const size = 7 + 6 * index;
    return [
      ...[
        `+${size} SPXW ${date} P ${4750 - 10 * index} @2`,
        `-${size} SPXW ${date} P ${4800 - 10 * index} @3`,
      ],
      ...[
        `-${size} SPXW ${date} C ${5200 + 10 * index} @3`,
        `+${size} SPXW ${date} C ${5250 + 10 * index} @2`,
      ],
    ];
  });
  const layers = [
    "+4 VIX 2026-02-18 C 25 @0.8",
    "+4 VIX 2026-04-15 C 28 @1.2",
    "+2 VIX 2026-08-19 C 30 @1.5",
  ];
  const margin = marginOf(bookOf([...condors, ...layers]), marketOf({ SPX: 5000, VIX: 18 }));
  expect(margin.slack).toBe(0);
  // 64 condors with wings of 50 points, and the calls at 320 + 480 + 300.
  expect(dollarsOf(margin)[0]).toBe(64 * 5_000 + 1_100);
});

function failureOf(call: () => unknown): Failure {
  try {
    call();
  } catch (cause) {
    if (cause instanceof Failure) return cause;
    throw cause;
  }
  throw new Error("expected a failure, found a result");
}
