import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess, initialStrategyState, remember } from "./assess.ts";
import type { StrategyConfig } from "./config.ts";
import { initialPremiumGauge, premiumGauge } from "./premium-gauge.ts";
import { presets } from "./presets.ts";
import { fakeView } from "./testing/fake-market.ts";

const seed = 1509;
const config = { multiple: 1, window: 100, skipBelow: 0.6 };
const after = (credits: readonly number[]) =>
  credits.reduce((state, credit) => premiumGauge(config, state, credit).state, initialPremiumGauge);
const year = Array.from({ length: 63 }, (_, index) => 0.05 + (index % 3) * 0.05);

describe("premiumGauge", () => {
  test("is today's credit over the median of the sessions before", () => {
    // A third each of 0.05, 0.10 and 0.15: the median is 0.10.
    const state = after(year);
    expect(premiumGauge(config, state, 0.08).gate).toEqual({
      name: "premium-gauge",
      verdict: "pass",
      reading: expect.closeTo(0.8, 12),
      threshold: 0.6,
      because: "premium is 0.80 of its usual level, not below 0.60",
    });
    expect(premiumGauge(config, state, 0.0599).gate).toMatchObject({
      verdict: "block",
      because: "premium is 0.60 of its usual level, below 0.60",
    });
  });

  test("the order of the sessions before does not matter, today does not count", () => {
    const reading = (credits: readonly number[]) => premiumGauge(config, after(credits), 0.2).gate.reading;
    expect(reading(year.toReversed())).toBeCloseTo(2, 12);
    expect(reading(year.toSorted())).toBeCloseTo(2, 12);
  });

  test("abstains until it has seen 63 sessions, and where nothing is usual", () => {
    expect(premiumGauge(config, after(year.slice(1)), 0.2).gate).toMatchObject({
      verdict: "abstain",
      because: "the gauge of premium has seen 62 sessions and needs 63",
    });
    expect(premiumGauge(config, after(year.map(() => 0)), 0.2).gate.verdict).toBe("abstain");
  });

  test("a session without quotes abstains and leaves no trace", () => {
    const state = after(year);
    const unquoted = premiumGauge(config, state, undefined);
    expect(unquoted.gate.verdict).toBe("abstain");
    expect(unquoted.state).toBe(state);
  });

  test("remembers no more sessions than its window", () => {
    const length = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(length, (sessions) => {
        const { credits } = after(Array.from({ length: sessions }, (_, index) => index));
        expect(credits).toHaveLength(Math.min(sessions, 100));
        expect(credits.at(-1)).toBe(sessions === 0 ? undefined : sessions - 1);
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe("the gauge in an assessment", () => {
  const flagship = presets["flagship"] as StrategyConfig;
  const rules: StrategyConfig = {
    ...flagship,
    premiumGauge: config,
    events: { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
    condor: { ...flagship.condor, creditBand: 0.25, minCreditShareOfWidth: 0, maxCostShareOfCredit: 1 },
  };
  const view = (vix: number) => fakeView({ session: "2019-06-03", vix });
  const seen = (vix: number) => {
    let state = initialStrategyState;
    for (let index = 0; index < 63; index += 1) state = remember(view(vix), rules, state);
    return state;
  };
  const reasons = (vix: number, state = initialStrategyState) =>
    assess(view(vix), rules, state).assessment.tiers.map(({ condor }) =>
      condor.kind === "none" ? condor.reason : condor.kind,
    );

  test("passes at the usual premium, for the same condors as without it", () => {
    expect(reasons(14, seen(14))).toEqual(["proposal", "proposal", "proposal"]);
    const without = assess(view(14), { ...rules, premiumGauge: undefined }, initialStrategyState).assessment;
    const { tiers, premium } = assess(view(14), rules, seen(14)).assessment;
    expect(tiers).toEqual(without.tiers);
    expect(premium?.reading).toBeCloseTo(1, 12);
  });

  test("warming-up, blocked, and behind the gate of VIX", () => {
    expect(reasons(14)).toEqual(["warming-up", "warming-up", "warming-up"]);
    const rich = { ...seen(14), premium: { credits: year.map(() => 5) } };
    expect(reasons(14, rich)).toEqual(["premium-gauge", "premium-gauge", "premium-gauge"]);
    expect(reasons(30, rich)).toEqual(["vix-gate", "vix-gate", "vix-gate"]);
  });

  test("reads gated sessions too", () => {
    expect(seen(30).premium.credits).toHaveLength(63);
  });
});
