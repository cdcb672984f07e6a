import { calendarDate, type OptionRoot, type Quote, type Root } from "@steward/model";
import type { BrokerName, QuotedLeg } from "@steward/strategy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BROKER_SCHEDULES } from "./fees/broker.ts";
import { CLEARING_RATES } from "./fees/clearing.ts";
import { EXCHANGE_RATES, EXECUTION_SURCHARGES } from "./fees/exchange.ts";
import type { RateTable } from "./fees/rate-table.ts";
import { OPTIONS_REGULATORY_RATES, SECTION_31_RATES, TRADING_ACTIVITY_RATES } from "./fees/regulatory.ts";
import { SHARE_ACTIVITY_RATES, SHARE_COMMISSIONS } from "./fees/stock.ts";
import { FEE_ITEMS, type OrderFees, orderFees, shareFees } from "./fees.ts";
import { dollars, option } from "./testing/structures.ts";

const seed = 20_250_602;
const cents = 0.01;

function leg(root: Root, price: number, ratio = 1): QuotedLeg {
  const quote: Quote = { bid: price, ask: price };
  return { leg: { contract: option("call", 100, { root }), ratio }, quote };
}

interface Asked {
  readonly quantity?: number;
  readonly on?: string;
  readonly broker?: BrokerName;
  readonly effect?: "open" | "close";
}

function feesOf(
  legs: readonly QuotedLeg[],
  { quantity = 1, on = "2025-06-02", broker = "ibkr-tiered", effect = "open" }: Asked = {},
): OrderFees {
  return orderFees({ legs, quantity, effect, on: calendarDate(on) }, { broker });
}

/** Of ten contracts, so that no order is small. */
const TEN = 10;

describe("orderFees", () => {
  test.each([
    // Commission + exchange + surcharge + clearing + regulation, of ten bought.
    ["SPXW", 5, "2025-06-02", 0.65 + 0.45 + 0.13 + 0.025 + 0.02815],
    ["SPXW", 1, "2025-06-02", 0.65 + 0.45 + 0.13 + 0.025 + 0.02815],
    ["SPXW", 0.99, "2025-06-02", 0.65 + 0.36 + 0.13 + 0.025 + 0.02815],
    ["SPXW", 0.99, "2019-06-03", 0.65 + 0.35 + 0.13 + 0.055 + 0.0378],
    ["SPXW", 5, "2018-06-01", 0.7 + 0.44 + 0.13 + 0.055 + 0.0378],
    ["SPX", 0.99, "2025-06-02", 0.65 + 0.36 + 0.21 + 0.025 + 0.02815],
    ["SPX", 1, "2025-06-02", 0.65 + 0.45 + 0.21 + 0.025 + 0.02815],
    ["VIX", 0.1, "2025-06-02", 0.65 + 0.1 + 0.025 + 0.02815],
    ["VIX", 0.11, "2025-06-02", 0.65 + 0.25 + 0.025 + 0.02815],
    ["VIX", 0.99, "2025-06-02", 0.65 + 0.25 + 0.025 + 0.02815],
    ["VIX", 1, "2025-06-02", 0.65 + 0.4 + 0.025 + 0.02815],
    ["VIX", 1.99, "2025-06-02", 0.65 + 0.4 + 0.025 + 0.02815],
    ["VIX", 2, "2025-06-02", 0.65 + 0.45 + 0.025 + 0.02815],
    ["XSP", 2, "2021-08-31", 0.65 + 0.04 + 0.045 + 0.0388],
    ["XSP", 2, "2024-10-31", 0.65 + 0.04 + 0.02 + 0.0388],
    ["XSP", 2, "2024-11-01", 0.65 + 0.07 + 0.02 + 0.0388],
    ["SPY", 2, "2025-06-02", 0.65 + 0.025 + 0.02815],
    // The commission falls for the cheapest contracts.
    ["SPY", 0.1, "2025-06-02", 0.65 + 0.025 + 0.02815],
    ["SPY", 0.09, "2025-06-02", 0.5 + 0.025 + 0.02815],
    ["SPY", 0.05, "2025-06-02", 0.5 + 0.025 + 0.02815],
    ["SPY", 0.04, "2025-06-02", 0.25 + 0.025 + 0.02815],
  ] as const)("of a %s bought at %d on %s", (root, price, on, expected) => {
    expect(feesOf([leg(root, price)], { quantity: TEN, on }).total).toBe(dollars(-expected) * TEN);
  });

  test.each([
    ["2000-01-03", 0.09 + 0.0378],
    ["2004-04-30", 0.09 + 0.0378],
    ["2004-05-03", 0.0825 + 0.0378],
    ["2012-12-31", 0.0825 + 0.0378],
    ["2013-01-02", 0.05 + 0.0378],
    ["2018-01-02", 0.055 + 0.0378],
    ["2019-12-31", 0.055 + 0.0378],
    ["2020-01-02", 0.045 + 0.0388],
    ["2021-09-01", 0.02 + 0.0388],
    ["2025-01-02", 0.025 + 0.0388],
    ["2025-02-28", 0.025 + 0.0388],
    ["2025-03-03", 0.025 + 0.02815],
  ])("clearing and the options regulatory fee on %s make %d", (on, expected) => {
    const { items } = feesOf([leg("SPY", 2)], { on });
    expect(items.clearing + items["options-regulatory"]).toBe(dollars(-expected));
  });

  test.each([
    [500, "2010-06-01", 500 * 0.0825],
    [501, "2010-06-01", 501 * 0.0675],
    [2001, "2010-06-01", 110],
    [501, "2015-06-01", 501 * 0.04],
    [5000, "2015-06-01", 55],
    [1000, "2019-06-03", 55],
    [1222, "2020-06-01", 1222 * 0.045],
    [1223, "2020-06-01", 55],
    [2751, "2022-06-01", 55],
    [5000, "2025-06-02", 125],
  ])("clearing of %i contracts on %s is %d", (quantity, on, expected) => {
    expect(feesOf([leg("SPY", 2)], { quantity, on }).items.clearing).toBe(dollars(-expected));
  });

  test.each([
    ["2020-06-01", 0.002, 22.1],
    ["2021-02-24", 0.002, 22.1],
    ["2021-02-25", 0.002, 5.1],
    ["2023-06-01", 0.00244, 8],
    ["2024-05-21", 0.00279, 8],
    ["2024-05-22", 0.00279, 27.8],
    ["2025-05-13", 0.00279, 27.8],
    ["2025-05-14", 0.00279, 0],
  ])(
    "sales on %s pay a trading activity fee of %d, and those of SPY %d dollars a million",
    (on, taf, sec) => {
      const { items } = feesOf([leg("SPY", 2, -1)], { quantity: TEN, on });
      expect(items["trading-activity"]).toBe(dollars(-taf * TEN));
      expect(items["section-31"]).toBe(dollars((-sec * 2 * 100 * TEN) / 1e6) + 0);
      const bought = feesOf([leg("SPY", 2)], { quantity: TEN, on }).items;
      expect([bought["trading-activity"], bought["section-31"]]).toEqual([0, 0]);
      for (const root of ["SPX", "SPXW", "XSP", "VIX"] as const)
        expect(feesOf([leg(root, 2, -1)], { on }).items["section-31"]).toBe(0);
    },
  );

  test.each([
    [9, "XSP", "2024-11-01", 0],
    [10, "XSP", "2024-11-01", 0.07],
    [249, "SPY", "2019-06-03", 0],
    [250, "SPY", "2019-06-03", 0.18],
    [99, "SPY", "2025-06-02", 0],
    [100, "SPY", "2025-06-02", 0.18],
  ] as const)("%i %s on %s pay the exchange %d each", (quantity, root, on, each) => {
    expect(feesOf([leg(root, 2)], { quantity, on }).items.exchange).toBe(dollars(-each) * quantity + 0);
  });

  test.each([
    [0.1, 0.05],
    [0.11, 0.17],
    [0.99, 0.17],
    [1, 0.3],
    [1.99, 0.3],
    [2, 0.45],
  ])("a leg of a complex VIX order at %d pays the exchange %d", (price, each) => {
    const { items } = feesOf([leg("VIX", price), leg("VIX", price, -1)]);
    expect(items.exchange).toBe(2 * dollars(-each));
  });

  test("a condor pays for each leg by its own premium", () => {
    const legs = [leg("SPXW", 0.15), leg("SPXW", 0.55, -1), leg("SPXW", 1.05, -1), leg("SPXW", 0.07)];
    expect(feesOf(legs, { quantity: 3, on: "2019-06-03" }).items).toEqual({
      commission: 3 * dollars(-3 * 0.65 - 0.5),
      exchange: 3 * dollars(-3 * 0.35 - 0.44),
      surcharge: 3 * 4 * dollars(-0.13),
      clearing: 3 * 4 * dollars(-0.055),
      "options-regulatory": 3 * 4 * dollars(-0.0378),
      "trading-activity": 3 * 2 * dollars(-0.002),
      "section-31": 0,
    });
  });

  test("the premium of a leg is the middle of its quote", () => {
    const wide = { ...leg("SPX", 0), quote: { bid: 0.8, ask: 1.2 } };
    expect(feesOf([wide])).toEqual(feesOf([leg("SPX", 1)]));
  });

  test("no legs pay no fees", () => {
    expect(feesOf([]).total).toBe(0);
  });
});

describe("brokers", () => {
  test.each([
    ["a SPXW put sold at 5.00", "ibkr-tiered", leg("SPXW", 5, -1), 1.29 + 0.35],
    ["the same as one of ten", "ibkr-tiered", leg("SPXW", 5, -10), 12.9],
    ["a VIX call bought at 0.80", "tastytrade", leg("VIX", 0.8), 1.78],
  ] as const)("%s, opened at %s: worked to the cent", (_, broker, one, expected) => {
    const count = Math.abs(one.leg.ratio);
    const total = -feesOf([one], { broker }).total / 1e6;
    expect(Math.abs(total - expected)).toBeLessThanOrEqual((count * cents) / 2);
  });

  test("an order pays a least commission", () => {
    const commission = (quantity: number, price: number): number =>
      feesOf([leg("VIX", price)], { quantity }).items.commission;
    expect(commission(1, 2)).toBe(dollars(-1));
    expect(commission(2, 2)).toBe(dollars(-1.3));
    expect(commission(3, 0.03)).toBe(dollars(-1));
  });

  test.each([
    ["open", "SPXW", 20, 1, 0.65],
    ["close", "SPXW", 20, 0, 0.65],
    ["open", "VIX", 20, 1, 0.65],
    ["open", "XSP", 9, 1, 0],
    ["open", "XSP", 10, 1, 0.07],
  ] as const)("tastytrade: to %s %s, %i of them", (effect, root, quantity, commission, exchange) => {
    const { items } = feesOf([leg(root, 2)], { broker: "tastytrade", effect, quantity });
    expect(items.commission).toBe(dollars(-commission) * quantity + 0);
    expect(items.exchange).toBe(dollars(-exchange) * quantity + 0);
    expect(items.clearing).toBe(dollars(-0.1) * quantity);
    expect(items.surcharge).toBe(0);
  });

  test("tastytrade asks no more than ten dollars for a leg of SPY", () => {
    const legs = [leg("SPY", 2), leg("SPY", 1, -1)];
    expect(feesOf(legs, { broker: "tastytrade", quantity: 25 }).items.commission).toBe(dollars(-20));
    expect(feesOf(legs, { broker: "tastytrade", quantity: 4 }).items.commission).toBe(dollars(-8));
  });

  test.each([
    ["SPX", 0.99, 0.4],
    ["SPX", 1, 0.5],
    ["SPXW", 0.99, 0.49],
    ["SPXW", 1, 0.58],
    ["VIX", 0.1, 0.1],
    ["VIX", 1.5, 0.45],
    ["VIX", 2, 0.5],
    ["XSP", 2, 0],
  ] as const)("ibkr-fixed: %s at %d pays %d in place of the exchange's fees", (root, price, each) => {
    const { items } = feesOf([leg(root, price)], { broker: "ibkr-fixed", quantity: TEN });
    expect(items.commission).toBe(dollars(-6.5));
    expect(items.exchange + items.surcharge).toBe(dollars(-each) * TEN + 0);
  });

  test("flat: one price for all, the rest passed on", () => {
    const { items } = feesOf([leg("SPXW", 0.03)], { broker: "flat" });
    expect(items).toMatchObject({
      commission: dollars(-0.65),
      exchange: dollars(-0.36),
      surcharge: dollars(-0.13),
    });
  });
});

describe("shareFees", () => {
  const of = (shares: number, price: number, asked: Asked = {}): OrderFees =>
    shareFees(
      { shares, price, on: calendarDate(asked.on ?? "2024-06-03") },
      { broker: asked.broker ?? "ibkr-tiered" },
    );

  test("a purchase pays the commission alone, a sale the regulators too", () => {
    expect(of(700, 530).total).toBe(dollars(-700 * 0.0035));
    const { total, items } = of(-700, 530);
    expect(items).toMatchObject({
      commission: dollars(-2.45),
      "trading-activity": dollars(-700 * 0.000166),
      "section-31": dollars((-700 * 530 * 27.8) / 1e6),
    });
    expect(FEE_ITEMS.reduce((sum, item) => sum + items[item], 0)).toBe(total);
  });

  test.each([
    ["the least", 50, 530, "2024-06-03", 0.35],
    ["the most, of cheap shares", 10, 1, "2024-06-03", 0.1],
  ])("a commission is at its bounds: %s", (_, shares, price, on, expected) => {
    expect(of(shares, price, { on }).items.commission).toBe(dollars(-expected));
  });

  test.each([
    ["2015-06-01", 0.000119, 5.95, 22.4],
    ["2022-06-01", 0.00013, 6.49, 22.9],
    ["2023-06-01", 0.000145, 7.27, 8],
    ["2025-06-02", 0.000166, 8.3, 0],
  ])("sales on %s pay %d a share, %d at most, and %d a million", (on, each, most, rate) => {
    expect(of(-1000, 100, { on }).items["trading-activity"]).toBe(dollars(-1000 * each));
    expect(of(-1e6, 100, { on }).items["trading-activity"]).toBe(dollars(-most));
    expect(of(-1000, 100, { on }).items["section-31"]).toBe(dollars(-rate / 10) + 0);
  });

  test("other brokers ask nothing for shares", () => {
    for (const broker of ["ibkr-fixed", "tastytrade", "flat"] as const)
      expect(of(700, 530, { broker }).total).toBe(0);
  });
});

const roots: readonly OptionRoot[] = ["SPX", "SPXW", "XSP", "SPY", "VIX"];
const brokers = Object.keys(BROKER_SCHEDULES) as BrokerName[];

const orders = fc.record({
  legs: fc.array(
    fc
      .tuple(fc.constantFrom(...roots), fc.integer({ min: 0, max: 2000 }), fc.constantFrom(-2, -1, 1, 2))
      .map(([root, price, ratio]) => leg(root, price / 100, ratio)),
    { minLength: 1, maxLength: 4 },
  ),
  quantity: fc.integer({ min: 1, max: 40 }),
  on: fc.constantFrom("2000-01-03", "2012-06-01", "2019-06-03", "2021-06-01", "2024-06-03", "2025-06-02"),
  effect: fc.constantFrom("open" as const, "close" as const),
  broker: fc.constantFrom(...brokers),
});

describe("laws", () => {
  test("no fee is income, and the items sum to the total", () => {
    fc.assert(
      fc.property(orders, ({ legs, ...asked }) => {
        const { total, items } = feesOf(legs, asked);
        for (const item of FEE_ITEMS) expect(items[item]).toBeLessThanOrEqual(0);
        expect(FEE_ITEMS.reduce((sum, item) => sum + items[item], 0)).toBe(total);
        expect(Number.isSafeInteger(total)).toBe(true);
      }),
      { seed },
    );
  });

  test("n units pay n times what one pays, but for what is sold by the order and for rounding", () => {
    fc.assert(
      fc.property(orders, ({ legs, quantity, ...asked }) => {
        // XSP and SPY are priced by size, a commission may have a least or a most, and a share of proceeds is rounded.
        const bySize = legs.some(
          ({ leg: { contract } }) => contract.root === "XSP" || contract.root === "SPY",
        );
        const one = feesOf(legs, { ...asked, quantity: 1 }).items;
        const all = feesOf(legs, { ...asked, quantity }).items;
        for (const item of FEE_ITEMS) {
          if (item === "commission" || item === "section-31" || (bySize && item === "exchange")) continue;
          expect(all[item]).toBe(one[item] * quantity + 0);
        }
        expect(all.commission).toBeGreaterThanOrEqual(one.commission * quantity);
        const rounded = Math.abs(all["section-31"] - one["section-31"] * quantity);
        expect(rounded).toBeLessThanOrEqual((legs.length * (quantity + 1)) / 2);
      }),
      { seed },
    );
  });

  test("commissions of orders beyond the least add up", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 40 }), ({ legs, quantity, ...asked }, more) => {
        fc.pre(legs.every(({ leg: { contract } }) => contract.root !== "SPY"));
        const commission = (count: number): number =>
          feesOf(legs, { ...asked, quantity: count }).items.commission;
        fc.pre(commission(Math.min(quantity, more)) < dollars(-1) || asked.broker === "flat");
        expect(commission(quantity + more)).toBe(commission(quantity) + commission(more));
      }),
      { seed },
    );
  });
});

test("every table starts with the earliest, ascends, and names its sources", () => {
  const tables: readonly RateTable<unknown>[] = [
    ...Object.values(EXCHANGE_RATES),
    ...Object.values(EXECUTION_SURCHARGES),
    ...Object.values(BROKER_SCHEDULES),
    CLEARING_RATES,
    OPTIONS_REGULATORY_RATES,
    TRADING_ACTIVITY_RATES,
    SECTION_31_RATES,
    SHARE_ACTIVITY_RATES,
    ...Object.values(SHARE_COMMISSIONS),
  ];
  for (const [first, ...later] of tables) {
    expect(first.from).toBe("earliest");
    expect(later.map(({ from }) => from)).toEqual(
      later.map(({ from }) => from).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect(later.every(({ from }) => from !== "earliest")).toBe(true);
    for (const { source } of [first, ...later]) expect(source.length).toBeGreaterThan(5);
  }
});
