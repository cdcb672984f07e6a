import {
  type BarFact,
  calendarDate,
  Failure,
  type FutureFact,
  type Instant,
  instantAt,
  type ObservationFact,
} from "@steward/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  indexSeries,
  knownSeries,
  type Located,
  settlementSeries,
  volatilitySeries,
} from "./series-of-facts.ts";

const at = 0 as Instant;

function bar(session: string, close: number, rest: Partial<BarFact> = {}, line = 2): Located<BarFact> {
  const times = { occurredAt: at, knownAt: at };
  return {
    fact: { series: "SPX", session: calendarDate(session), close, ...rest, ...times },
    path: "spx.csv",
    line,
  };
}

function future(session: string, settle: number | undefined, expiration = "2019-06-19"): Located<FutureFact> {
  const dates = { session: calendarDate(session), expiration: calendarDate(expiration) };
  return { fact: { product: "VX", ...dates, settle, occurredAt: at, knownAt: at }, path: "VX of cboe" };
}

function failureOf(call: () => unknown): Failure {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error("expected a failure");
}

describe("indexSeries", () => {
  it("gives bars in order, in hundredths", () => {
    const later = bar("2019-06-04", 2803.27, { open: 2762.64, high: 2804.49, low: 2762.64 });
    const noisy = bar("2019-06-03", 2744.4549, { open: 2751.530029, high: 2763.0698, low: 2728.8051 });
    expect(indexSeries([later, noisy])).toEqual({
      bars: [
        { date: "2019-06-03", open: 2751.53, high: 2763.07, low: 2728.81, close: 2744.45 },
        { date: "2019-06-04", open: 2762.64, high: 2804.49, low: 2762.64, close: 2803.27 },
      ],
      closeOnly: 0,
    });
  });

  it("takes a bar without all of its prices to have moved from the close before, and counts it", () => {
    const rows = [
      bar("2019-06-03", 11),
      bar("2019-06-04", 13, { high: 14, low: 12 }),
      bar("2019-06-05", 12, { open: 13, high: 11.9, low: 10 }),
    ];
    const { bars, closeOnly } = indexSeries(rows);
    expect(closeOnly).toBe(3);
    expect(bars).toEqual([
      { date: "2019-06-03", open: 11, high: 11, low: 11, close: 11 },
      { date: "2019-06-04", open: 11, high: 13, low: 11, close: 13 },
      { date: "2019-06-05", open: 13, high: 13, low: 12, close: 12 },
    ]);
  });

  it.each([
    ["a price of a billion", [bar("2019-06-03", 1e9)], "expected a price of the index, found 1000000000"],
    ["a price that rounds to zero", [bar("2019-06-03", 0.004)], "found 0"],
    [
      "a slip of the decimal point",
      [bar("2019-06-03", 2744), bar("2019-06-04", 27.5, {}, 3)],
      "30 % of the one before, 2744, found 27.5",
    ],
    ["a session twice", [bar("2019-06-03", 10), bar("2019-06-03", 10, {}, 3)], "expected 2019-06-03 once"],
  ])("refuses %s with its line", (_, rows, message) => {
    const failure = failureOf(() => indexSeries(rows));
    const line = rows.length + 1;
    expect(failure).toMatchObject({ code: "data.malformed", details: { path: "spx.csv", line } });
    expect(failure.message).toContain(`spx.csv:${line}: `);
    expect(failure.message).toContain(message);
  });

  it("takes any move over a longer hole", () => {
    expect(indexSeries([bar("2019-06-03", 100), bar("2019-06-24", 200)]).bars).toHaveLength(2);
  });

  it("gives bars whose prices agree, from any that are plausible", () => {
    const price = fc.integer({ min: 9000, max: 11_000 }).map((cents) => cents / 100);
    const optional = fc.option(price, { nil: undefined });
    const prices = fc.record({ open: optional, high: optional, low: optional, close: price });
    fc.assert(
      fc.property(fc.array(prices, { minLength: 1, maxLength: 9 }), (days) => {
        const rows = days.map(({ close, ...rest }, day) => bar(`2019-06-${10 + day}`, close, rest));
        const { bars } = indexSeries(rows);
        return bars.every(({ open, high, low, close }) => {
          return high >= Math.max(open, close) && low <= Math.min(open, close) && low > 0;
        });
      }),
    );
  });
});

describe("volatilitySeries", () => {
  it("gives the closes as they are", () => {
    expect(volatilitySeries([bar("2019-06-04", 16.974), bar("2019-06-03", 18.86)])).toEqual([
      { date: "2019-06-03", value: 18.86 },
      { date: "2019-06-04", value: 16.974 },
    ]);
  });

  it.each([0.186, 1860, 1e9, 4.99, 250.01, Number.NaN])(
    "refuses %d, which is no volatility in percent",
    (value) => {
      const failure = failureOf(() => volatilitySeries([bar("2019-06-03", value)]));
      expect(failure.message).toContain("expected volatility points from 5 to 250 (18.5 is 18.5 %)");
    },
  );
});

describe("settlementSeries", () => {
  it("gives settlements by session and expiration, and passes over days without one", () => {
    const rows = [
      future("2019-06-04", 17.2),
      future("2019-06-03", 17.9, "2019-07-17"),
      future("2019-06-03", 90),
    ];
    expect(settlementSeries([...rows, future("2019-06-05", undefined)])).toEqual([
      { date: "2019-06-03", expiration: "2019-06-19", settle: 90 },
      { date: "2019-06-03", expiration: "2019-07-17", settle: 17.9 },
      { date: "2019-06-04", expiration: "2019-06-19", settle: 17.2 },
    ]);
  });

  it("refuses a settlement of the years quoted tenfold, and a contract twice a day", () => {
    expect(failureOf(() => settlementSeries([future("2006-06-05", 142.5)])).message).toContain(
      "VX of cboe, 2006-06-05 2019-06-19: expected a settlement from 5 to 90",
    );
    const twice = [future("2019-06-03", 18), future("2019-06-03", 18.4)];
    expect(failureOf(() => settlementSeries(twice)).message).toContain("expected 2019-06-03 2019-06-19 once");
  });
});

describe("knownSeries", () => {
  const sessions = ["2019-06-03", "2019-06-04", "2019-06-05", "2019-06-06"].map((date) => calendarDate(date));
  const observed = (period: string, value: number, known: string, time: string): ObservationFact => ({
    ...{ series: "DFF", period: calendarDate(period), value, occurredAt: at },
    knownAt: instantAt(calendarDate(known), time, "America/New_York"),
  });

  it("dates a value by the first session at whose decision it was known", () => {
    const facts = [
      observed("2019-06-03", 2.39, "2019-06-04", "16:10"),
      observed("2019-06-04", 2.4, "2019-06-05", "16:11"),
    ];
    // Decisions are taken at 16:10: one minute later is a session later.
    expect(knownSeries(facts, sessions)).toEqual([
      { date: "2019-06-04", value: 2.39 },
      { date: "2019-06-06", value: 2.4 },
    ]);
  });

  it("does not go back to an earlier period that is released late", () => {
    const facts = [
      observed("2019-06-02", 2.5, "2019-06-05", "09:00"),
      observed("2019-06-03", 2.39, "2019-06-04", "09:00"),
    ];
    expect(knownSeries(facts, sessions)).toEqual([{ date: "2019-06-04", value: 2.39 }]);
  });

  it("holds nothing that was known later than its session's decision", () => {
    const fact = fc.record({ day: fc.integer({ min: 1, max: 9 }), known: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 8 }), (drawn) => {
        const facts = drawn.map(({ day, known }, i) =>
          observed(`2019-06-0${day}`, i, `2019-06-0${known}`, "09:00"),
        );
        return knownSeries(facts, sessions).every(
          ({ date, value }) => (facts[value]?.knownAt ?? 0) <= instantAt(date, "16:10", "America/New_York"),
        );
      }),
    );
  });
});
