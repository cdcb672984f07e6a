import { type CalendarDate, type Quote, type Right, toModel } from "@steward/model";
import { boxTerms, defaultFees, defaultFills, type MarketView, usualSecondEngine } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { boxLoan, boxOffer } from "./box-loan.ts";
import { measureFinancing } from "./financing.ts";
import { runSessions } from "./kernel.ts";
import { openSleeve } from "./sleeve.ts";
import { fakeMarket, fakeView } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const costs = { fills: defaultFills, fees: defaultFees };
/** The box of 2700 and 3300: its middle is 401 − 21 + 226 − 31 = 575, its quotes stand at 571 and 579. */
const QUOTES: Readonly<Record<string, Quote>> = {
  "call 2700": { bid: 400, ask: 402 },
  "put 2700": { bid: 20, ask: 22 },
  "call 3300": { bid: 30, ask: 32 },
  "put 3300": { bid: 225, ask: 227 },
};
function quotedView(session: string, isQuoted = true): MarketView {
  const view = fakeView({ session, spot: 3000 });
  const slice: MarketView["slice"] = (root, expiration) => {
    const own = view.slice(root, expiration);
    const quote = (right: Right, strike: number) => QUOTES[`${right} ${strike / 1000}`];
    return own && isQuoted ? { ...own, forward: 3000, quote } : undefined;
  };
  return { ...view, slice };
}
const charges = (sessions: readonly string[]) => {
  const loan = boxLoan(dollars(100_000), costs);
  return sessions.map((session) => loan.charge(quotedView(session)));
};

test("a box brings less by the fees of its four legs", () => {
  const view = quotedView("2019-05-28");
  const [before, after] = [boxTerms(view, defaultFills), boxOffer(view, costs)];
  const years = 206 / 365;
  const pointsOf = (rate = Number.NaN) => 600 * Math.exp(-rate * years);
  // Four commissions of 0.65, exchange fees of 0.44 and surcharges of 0.21, clearing of 0.055, regulatory fees of 0.0378, and 0.002 on each of
  // the two sold: 5.5752 dollars for 100 times the index.
  expect(pointsOf(before?.rate) - pointsOf(after?.rate)).toBeCloseTo(0.055752, 9);
  expect(boxOffer(quotedView("2019-05-28", false), costs)).toBeUndefined();
});

describe("a box loan", () => {
  test("over a month-end, worked by hand", () => {
    // 575 less 0.56 of half the spread of 8 is 572.76, less fees of 0.055752 is 572.704248, for 600 in 206 days:
    // ln(600 / 572.704248) × 365 / 206 = 8.24975 % a year.
    const [opened, ...days] = charges([
      "2019-05-28",
      "2019-05-29",
      "2019-05-30",
      "2019-05-31",
      "2019-06-03",
      "2019-06-04",
    ]);
    expect(opened).toBeUndefined();
    expect(days.map((charge) => charge?.rate)).toEqual(Array(5).fill(expect.closeTo(0.0824975, 6)));
    expect(days.map((charge) => charge?.days)).toEqual([1, 1, 1, 3, 1]);
    // 100,000 × e^(rate × days / 365), each day's growth: the weekend is charged on Monday.
    const owed = days.map((charge) => -toModel(charge?.cash ?? dollars(0)));
    expect(owed).toEqual(
      [22.604602, 22.609712, 22.614823, 67.875145, 22.635278].map((sum) => expect.closeTo(sum, 5)),
    );
    const total = owed.reduce((sum, one) => sum + one, 0);
    expect(total).toBeCloseTo(100_000 * (Math.exp((0.0824975 * 7) / 365) - 1), 2);
    expect(days.at(-1)?.until).toBe("2019-12-20");
  });

  test("charges as much over any days as over all at once", () => {
    const sum = (sessions: readonly string[]) =>
      charges(sessions).reduce((total, charge) => total + toModel(charge?.cash ?? dollars(0)), 0);
    const daily = ["2019-05-28", "2019-05-29", "2019-06-03", "2019-06-20", "2019-08-01"];
    expect(sum(daily)).toBeCloseTo(sum(["2019-05-28", "2019-08-01"]), 4);
  });

  test("waits for a chain, then borrows; an old rate goes on where no chain implies a new one", () => {
    const loan = boxLoan(dollars(100_000), costs);
    expect(loan.charge(quotedView("2019-05-28", false))).toBeUndefined();
    expect(loan.charge(quotedView("2019-05-29"))).toBeUndefined();
    expect(loan.charge(quotedView("2019-05-30"))?.days).toBe(1);
    expect(loan.charge(quotedView("2019-12-20", false))?.days).toBe(204);
    expect(loan.charge(quotedView("2019-12-23", false))?.days).toBe(3);
  });

  test("is followed by another at a rate of its time", () => {
    const [, last, next] = charges(["2019-05-28", "2019-12-20", "2019-12-23"]);
    expect(last).toMatchObject({ until: "2019-12-20" });
    // 364 days to 2020-12-18 instead of 206: the same price is a lower rate.
    expect(next?.until).toBe("2020-12-18");
    expect(next?.rate).toBeCloseTo((0.0824975 * 206) / 364, 5);
  });
});

describe("a sleeve with a loan", () => {
  const config = {
    ...easyRules,
    secondEngine: {
      ...usualSecondEngine,
      financing: { kind: "box", share: 0.5, equityPremium: 0.045 } as const,
    },
  };
  const market = fakeMarket({
    from: "2019-05-28",
    to: "2019-06-28",
    day: (index) => ({ spot: 3000 + index, index: { discountFactor: 0.98, halfSpread: 0.2 } }),
  });
  const sleeve = openSleeve({ config, startEquity: dollars(1_000_000) });
  const range = { from: "2019-05-28" as CalendarDate, to: "2019-06-28" as CalendarDate };
  runSessions(market, config, range, sleeve === undefined ? [] : [sleeve]);
  const run = sleeve?.run();
  if (run === undefined) throw new Error("a second engine is configured");

  test("pays its interest from its cash, on an account of the ledger", () => {
    const paid = run.journal.reduce(
      (sum, event) => sum + (event.kind === "interest" ? toModel(event.cash) : 0),
      0,
    );
    expect(paid).toBeLessThan(0);
    expect(toModel(run.ledger.balances.interest)).toBeCloseTo(-paid, 6);
    // The flat curve of the fake market opens nothing: what is gone is interest.
    expect(toModel(run.rows.at(-1)?.equity ?? dollars(0))).toBeCloseTo(250_000 + paid, 6);
  });

  test("is set against bills, margin, and the hurdle of its beta", () => {
    const found = measureFinancing(run, market.view, 0.045);
    expect(found).toMatchObject({
      borrowed: 125_000,
      billRate: expect.closeTo(0.02, 12),
      marginRate: expect.closeTo(0.035, 12),
    });
    // About two per cent in the 206 days to 2019-12-20.
    expect(found?.boxRate).toBeGreaterThan((-Math.log(0.98) * 365) / 206);
    expect(found?.hurdle).toBeCloseTo(0.02 + (found?.beta ?? 0) * 0.045, 12);
    // Half is borrowed: the own half bears all of the risk, so it asks twice the beta.
    const own = 0.02 + 2 * (found?.beta ?? 0) * 0.045;
    expect(found?.wacc).toBeCloseTo(own / 2 + (found?.boxRate ?? 0) / 2, 12);
    expect(found?.ownGrowth).toBeLessThan(0);
  });

  test("without a loan there is nothing to measure", () => {
    expect(measureFinancing({ ...run, journal: [] }, market.view, 0.045)).toBeUndefined();
  });
});
