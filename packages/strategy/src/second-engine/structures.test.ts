import { calendarDate, strikePoints } from "@steward/model";
import { describe, expect, test } from "vitest";
import { assess, initialStrategyState } from "../assess.ts";
import type { SleeveStructure } from "../config.ts";
import type { HeldPosition } from "../held.ts";
import type { FakeViewOptions } from "../testing/fake-market.ts";
import { freshSleeve, sleeveRules, steepView } from "../testing/sleeve-rules.ts";
import { decideSecondEngine } from "./decide-second-engine.ts";
import type { SleeveOrder } from "./second-engine-decision.ts";

const session = "2019-06-03";
function enter(
  structure: SleeveStructure,
  view: Partial<FakeViewOptions> = {},
  positions: readonly HeldPosition[] = [],
) {
  const config = sleeveRules({ structure });
  const { assessment } = assess(steepView({ session, ...view }), config, initialStrategyState);
  const { secondEngine } = decideSecondEngine(assessment, { ...freshSleeve, positions }, config);
  return { orders: secondEngine?.orders ?? [], because: secondEngine?.because ?? [] };
}
const heldAs = ({ rung, structure, credit }: SleeveOrder): HeldPosition => ({
  purpose: { kind: "sleeve", rung },
  structure,
  quantity: 1,
  openedQuantity: 1,
  openedOn: calendarDate("2019-05-31"),
  premium: credit,
});
const legsOf = ({ structure }: SleeveOrder) =>
  structure.legs.map(({ contract, ratio }) => [ratio, strikePoints(contract.strike), contract.root]);

describe("a harvest ladder", () => {
  test("sells condors of 1, 3, 7 and 21 sessions, a quarter of the risk each", () => {
    const { orders } = enter("harvest-ladder");
    expect(orders.map(({ rung, expiration }) => [rung, expiration])).toEqual([
      ["harvest-1", "2019-06-04"],
      ["harvest-3", "2019-06-06"],
      ["harvest-7", "2019-06-12"],
      ["harvest-21", "2019-07-02"],
    ]);
    // A quarter of 10 % of 250,000.
    for (const { maxLoss } of orders) expect(maxLoss).toBeLessThanOrEqual(6_250);
  });

  test("sells a rung again only once it has settled", () => {
    const { orders } = enter("harvest-ladder");
    const next = enter("harvest-ladder", { session: "2019-06-04" }, orders.map(heldAs));
    expect(next.orders.map(({ rung }) => rung)).toEqual(["harvest-1"]);
    expect(next.because).toContain("harvest-3 of 2019-06-07 is held already");
  });

  test("goes on without a rung that is not quoted", () => {
    const { orders, because } = enter("harvest-ladder", { has: (_, date) => date !== "2019-06-06" });
    expect(orders.map(({ rung }) => rung)).toEqual(["harvest-1", "harvest-7", "harvest-21"]);
    expect(because).toContain("2019-06-06: no condor is quoted");
  });
});

describe("a ladder of VIX calls", () => {
  test("buys a call of each of three months, and no month twice", () => {
    // Of 16, 44, 79 and 107 days the second, 44, is nearest to sixty.
    const { orders } = enter("vix-call-ladder");
    expect(orders.map(({ expiration }) => expiration)).toEqual(["2019-07-17", "2019-08-21", "2019-09-18"]);
    for (const order of orders) {
      expect(legsOf(order)).toEqual([[1, expect.any(Number), "VIX"]]);
      // What a call costs is what it can lose.
      expect(order.maxLoss).toBeCloseTo(-order.credit * order.contracts * 100, 6);
    }
    const [first, ...others] = orders;
    const again = enter("vix-call-ladder", {}, first === undefined ? [] : [heldAs(first)]);
    expect(again.orders.map(({ expiration }) => expiration)).toEqual(
      others.map(({ expiration }) => expiration),
    );
  });

  test("has deltas as near to the one sought as strikes allow", () => {
    const view = steepView({ session });
    for (const { structure, expiration } of enter("vix-call-ladder").orders) {
      const strike = structure.legs[0]?.contract.strike;
      const delta = strike && view.slice("VIX", expiration)?.mark("call", strike)?.delta;
      expect(Math.abs((delta ?? 0) - 0.3)).toBeLessThan(0.06);
    }
  });

  test("buys nothing that is not quoted", () => {
    const { orders, because } = enter("vix-call-ladder", {
      vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8, isQuoted: () => false }),
    });
    expect(orders).toEqual([]);
    expect(because[0]).toBe("2019-07-17: no such VIX calls are quoted");
  });
});

describe("a VIX backspread", () => {
  test("sells one call and buys two farther out, of one expiration", () => {
    const [order] = enter("vix-backspread").orders;
    if (order === undefined) throw new Error("a backspread is entered");
    const [[sold, nearer], [bought, farther]] = legsOf(order) as [[number, number], [number, number]];
    expect([sold, bought]).toEqual([-1, 2]);
    expect(farther).toBeGreaterThan(nearer);
    // On the strike bought the sold call owes the distance and nothing pays.
    expect(order.maxLoss).toBeCloseTo(order.contracts * 100 * (farther - nearer - order.credit), 6);
    expect(order.structure.kind).toBe("backspread");
  });

  test("is none where its strikes fall together", () => {
    const { because } = enter("vix-backspread", {
      vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8, strikeIncrement: 20 }),
    });
    expect(because[0]).toContain("no such VIX calls are quoted");
  });
});
