import { calendarDate } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Assessment, assess, initialStrategyState, remember } from "./assess.ts";
import type { CondorProposal } from "./condor.ts";
import type { StrategyConfig } from "./config.ts";
import { type AccountView, type Decision, decide } from "./decide.ts";
import type { HeldPosition } from "./held.ts";
import { presets } from "./presets.ts";
import { type FakeViewOptions, fakeView } from "./testing/fake-market.ts";

const seed = 1509;
const flagship = presets["flagship"] as StrategyConfig;
/** Wide bands, no floor and no limit on costs, so that every tier finds its condor on the fake market's coarse ticks. */
const easy: StrategyConfig = {
  ...flagship,
  condor: { ...flagship.condor, creditBand: 0.25, minCreditShareOfWidth: 0, maxCostShareOfCredit: 1 },
};
const million: AccountView = { equity: 1_000_000, condorRisk: 0, peakEquity: 1_000_000, positions: [] };
// Monday; the condors expire on Tuesday 2019-06-04, for which no SPXW option was listed before 2022.
const monday = "2019-06-03";
const dollars = 1e-6;

function assessOn(options: Partial<FakeViewOptions>, config = easy): Assessment {
  return assess(fakeView({ session: monday, ...options }), config, initialStrategyState).assessment;
}

function reasons(assessment: Assessment): readonly string[] {
  return assessment.tiers.map(({ condor }) => (condor.kind === "none" ? condor.reason : condor.kind));
}

describe("assess", () => {
  test("finds a condor for every tier, for the next session, at the day's expected range", () => {
    const assessment = assessOn({ vix: 14 });
    expect(assessment.expiration).toBe("2019-06-04");
    expect(assessment.expectedRange).toBeCloseTo(0.14 / Math.sqrt(252), 15);
    expect(assessment.tiers.map(({ tier }) => tier)).toEqual(["conservative", "balanced", "aggressive"]);
    expect(reasons(assessment)).toEqual(["proposal", "proposal", "proposal"]);
    expect(assessment.hedge?.calls).toHaveLength(3);
    expect(assessment.hedge?.yearlyUnitCost).toBeGreaterThan(0);
  });

  test("expires as many sessions ahead as configured, counting the sessions that were planned", () => {
    const config = { ...easy, condor: { ...easy.condor, sessionsToExpiration: 3 } };
    expect(assessOn({ session: "2019-07-01" }, config).expiration).toBe("2019-07-05");
    // The closure of 2018-12-05 was known from 2018-12-01 on.
    expect(assessOn({ session: "2018-11-30" }, config).expiration).toBe("2018-12-05");
    expect(assessOn({ session: "2018-12-04" }).expiration).toBe("2018-12-06");
  });

  test("warming-up: nothing is known, nothing is sold", () => {
    const assessment = assessOn({ isWarmingUp: true });
    expect(reasons(assessment)).toEqual(["warming-up", "warming-up", "warming-up"]);
    expect(assessment.expectedRange).toBeUndefined();
    expect(assessment.tiers[0]?.condor).toMatchObject({ because: [assessment.tiers[0]?.gate.because] });
  });

  test("vix-gate: each tier by its own line", () => {
    expect(reasons(assessOn({ vix: 16 }))).toEqual(["proposal", "proposal", "vix-gate"]);
    expect(reasons(assessOn({ vix: 20 }))).toEqual(["vix-gate", "vix-gate", "vix-gate"]);
    expect(assessOn({ vix: 20 }).tiers[2]?.condor).toMatchObject({
      because: ["VIX 20.00 is not below 15.00"],
    });
  });

  test("not-listed: only where listings are historical, and only on days without the expiration", () => {
    const historical = { ...easy, condor: { ...easy.condor, listings: "historical" as const } };
    const refused = assessOn({}, historical);
    expect(reasons(refused)).toEqual(["not-listed", "not-listed", "not-listed"]);
    expect(refused.tiers[0]?.condor).toMatchObject({
      because: ["no SPXW option was listed for tuesday 2019-06-04"],
    });
    expect(reasons(assessOn({ session: "2019-06-04" }, historical))).not.toContain("not-listed");
    expect(reasons(assessOn({}))).not.toContain("not-listed");
  });

  test("not-quoted: no chain for the expiration", () => {
    const assessment = assessOn({ has: (root) => root !== "SPXW" });
    expect(reasons(assessment)).toEqual(["not-quoted", "not-quoted", "not-quoted"]);
    expect(assessment.tiers[0]?.condor).toMatchObject({ because: ["no SPXW quotes for 2019-06-04"] });
  });

  test("hands on why the search refused", () => {
    const tiers = easy.condor.tiers.map((tier) => ({ ...tier, credit: tier.credit + 0.02 }));
    const narrow = { ...easy, condor: { ...easy.condor, tiers, creditBand: 0.001 } };
    const [tier] = assessOn({}, narrow).tiers;
    expect(tier?.condor).toMatchObject({ kind: "none", reason: "credit-out-of-band" });
    expect(tier?.condor.because).toHaveLength(3);
  });

  test("without a hedge in the rules none is assessed, without tiers only the hedge", () => {
    expect(assessOn({}, { ...easy, hedge: undefined }).hedge).toBeUndefined();
    const hedgeOnly = assessOn({}, presets["hedgeOnly"]);
    expect([hedgeOnly.tiers, hedgeOnly.hedge?.calls.length]).toEqual([[], 3]);
  });

  test("remembers the gate, whether it is asked for an assessment or not", () => {
    const closing = fakeView({ session: monday, vix: 15 });
    const after = remember(closing, easy, initialStrategyState);
    expect(assess(closing, easy, initialStrategyState).state).toEqual(after);
    const next = fakeView({ session: "2019-06-04", vix: 14.7 });
    expect(reasons(assess(next, easy, after).assessment)).toEqual(["proposal", "proposal", "vix-gate"]);
    expect(reasons(assess(next, easy, initialStrategyState).assessment)[2]).toBe("proposal");
    expect(remember(fakeView({ session: "2019-06-04", isWarmingUp: true }), easy, after)).toEqual(after);
  });

  test("same view, rules and state, same assessment", () => {
    const bytes = (): string => JSON.stringify(assessOn({ vix: 14 }));
    expect(bytes()).toBe(bytes());
  });
});

function proposalOf(decision: Decision, index: number) {
  const tier = decision.tiers[index];
  if (tier?.action !== "sell") throw new Error(`expected a sale, found ${JSON.stringify(tier)}`);
  return tier;
}

describe("decide", () => {
  test("sells each tier's condor in its size and says why", () => {
    const assessment = assessOn({ vix: 14 });
    const decision = decide(assessment, million, easy);
    const sale = proposalOf(decision, 0);
    const { credit, shortPut, shortCall } = sale.proposal;
    const each = (10 - credit) * 100;
    expect(sale.contracts).toBe(Math.floor(10_000 / each));
    expect(sale.maxLoss).toBeCloseTo(sale.contracts * each, 6);
    expect(sale.breakEven).toEqual({ low: shortPut - credit, high: shortCall + credit });
    expect(sale.because).toEqual([
      "VIX 14.00 is below 20.00",
      ...sale.proposal.because,
      ...decision.sizing.map(({ because }) => because),
      `${sale.contracts} contracts: $10000 of risk, at most $${each.toFixed(0)} each`,
    ]);
    expect(decision.session).toBe(monday);
    expect(decision.intents[0]).toEqual({
      effect: "open",
      purpose: { kind: "condor", tier: "conservative" },
      structure: sale.proposal.structure,
      quantity: sale.contracts,
      because: sale.because.join("; "),
    });
  });

  test("condors come before the hedge, in the order of the tiers", () => {
    const { intents } = decide(assessOn({ vix: 14 }), million, easy);
    expect(
      intents.map(({ purpose }) =>
        purpose.kind === "hedge" ? purpose.layer : purpose.kind === "condor" && purpose.tier,
      ),
    ).toEqual(["conservative", "balanced", "aggressive", "short", "medium", "long"]);
  });

  test("a tier that may not sell keeps its reason and has no intent", () => {
    const decision = decide(assessOn({ vix: 16 }), million, easy);
    expect(decision.tiers[2]).toEqual({
      tier: "aggressive",
      action: "none",
      reason: "vix-gate",
      because: ["VIX 16.00 is not below 15.00"],
    });
    expect(decision.intents.filter(({ purpose }) => purpose.kind === "condor")).toHaveLength(2);
  });

  test("account-too-small: not even one condor fits the tier's part", () => {
    const decision = decide(assessOn({ vix: 14 }), { ...million, equity: 80_000 }, easy);
    expect(decision.tiers.map((tier) => tier.action === "none" && tier.reason)).toEqual([
      "account-too-small",
      "account-too-small",
      "account-too-small",
    ]);
    expect(decision.tiers[0]?.because.at(-1)).toMatch(/^0 contracts: \$800 of risk, at most \$9\d\d each$/);
  });

  test("an unhedged account leaves the assessment's hedge alone", () => {
    const assessment = assessOn({ vix: 14 });
    const unhedged = decide(assessment, million, { ...easy, hedge: undefined });
    expect(unhedged.hedge).toBeUndefined();
    expect(unhedged.intents.every(({ purpose }) => purpose.kind === "condor")).toBe(true);
    expect(decide(assessment, million, easy).hedge?.layers).toHaveLength(3);
    expect(decide({ ...assessment, hedge: undefined }, million, easy).hedge).toBeUndefined();
  });

  test("sees the calls that the account holds", () => {
    const contract = {
      root: "VIX",
      expiration: calendarDate("2019-06-19"),
      right: "call",
      strike: 16_000,
    } as never;
    const position: HeldPosition = {
      purpose: { kind: "hedge", layer: "short" },
      structure: { kind: "call", legs: [{ contract, ratio: 1 }] },
      quantity: 4,
      openedQuantity: 4,
      openedOn: calendarDate("2019-05-28"),
      premium: -1,
    };
    const account = { ...million, positions: [position] };
    const { hedge } = decide(assessOn({}), account, easy);
    expect(hedge?.layers.map(({ action }) => action)).toEqual(["hold", "open", "open"]);
  });
});

describe("laws", () => {
  const markets = fc.record({
    vix: fc.double({ min: 9, max: 19.9, noNaN: true }),
    spot: fc.integer({ min: 2000, max: 4000 }),
  });
  const equities = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 1e8 }));

  test("an assessment serves accounts of any size and is left as it was", () => {
    fc.assert(
      fc.property(markets, equities, equities, (market, one, other) => {
        const assessment = assessOn(market);
        const before = JSON.stringify(assessment);
        const first = decide(
          assessment,
          { equity: one, condorRisk: 0, peakEquity: 1_000_000, positions: [] },
          easy,
        );
        decide(assessment, { equity: other, condorRisk: 0, peakEquity: 1_000_000, positions: [] }, easy);
        expect(
          JSON.stringify(
            decide(assessment, { equity: one, condorRisk: 0, peakEquity: 1_000_000, positions: [] }, easy),
          ),
        ).toBe(JSON.stringify(first));
        expect(JSON.stringify(assessment)).toBe(before);
      }),
      { seed, numRuns: 50 },
    );
  });

  test("more equity never sells fewer condors nor buys fewer hedge units", () => {
    fc.assert(
      fc.property(markets, equities, equities, (market, less, more) => {
        const assessment = assessOn(market);
        const contracts = (equity: number): readonly number[] => {
          const { tiers, hedge } = decide(
            assessment,
            { equity, condorRisk: 0, peakEquity: 1_000_000, positions: [] },
            easy,
          );
          return [
            ...tiers.map((tier) => (tier.action === "sell" ? tier.contracts : 0)),
            hedge?.units ?? Number.NaN,
          ];
        };
        const small = contracts(less);
        const large = contracts(less + more);
        expect(large.every((count, index) => count >= (small[index] ?? 0))).toBe(true);
      }),
      { seed, numRuns: 200 },
    );
  });

  test("all tiers together never risk more than the total share", () => {
    fc.assert(
      fc.property(markets, equities, (market, equity) => {
        const { tiers } = decide(
          assessOn(market),
          { equity, condorRisk: 0, peakEquity: 1_000_000, positions: [] },
          easy,
        );
        const risk = tiers.reduce((total, tier) => total + (tier.action === "sell" ? tier.maxLoss : 0), 0);
        expect(risk).toBeLessThanOrEqual(equity * easy.size.totalRiskShare + dollars);
      }),
      { seed, numRuns: 200 },
    );
  });

  test("a tier that stays out leaves the others as large as they were", () => {
    const sizes = (vix: number): readonly number[] => {
      const assessment = assessOn({ vix });
      const same = assessment.tiers.map((tier) => ({ ...tier, condor: shared }));
      return decide({ ...assessment, tiers: same }, million, easy).tiers.map((tier) =>
        tier.action === "sell" ? tier.contracts : 0,
      );
    };
    const shared = assessOn({ vix: 14 }).tiers[0]?.condor as CondorProposal;
    const out = assessOn({ vix: 14 });
    const none = { kind: "none", reason: "vix-gate", because: [] } as const;
    const one = out.tiers.map((tier, index) => ({ ...tier, condor: index === 2 ? none : shared }));
    const { tiers } = decide({ ...out, tiers: one }, million, easy);
    expect(tiers.map((tier) => (tier.action === "sell" ? tier.contracts : 0))).toEqual([
      ...sizes(14).slice(0, 2),
      0,
    ]);
  });
});
