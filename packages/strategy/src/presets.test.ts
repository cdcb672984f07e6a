import { describe, expect, test } from "vitest";
import { adverseFills, defaultFills, midFills, presets, usualSecondEngine } from "./presets.ts";

const layers = [
  { name: "short", days: 30, contracts: 4, rollDays: 9 },
  { name: "medium", days: 110, contracts: 4, rollDays: 50 },
  { name: "long", days: 220, contracts: 2, rollDays: 110 },
];

describe("presets", () => {
  test("the flagship is the default rule set, number by number", () => {
    expect(presets["flagship"]).toEqual({
      condor: {
        root: "SPXW",
        sessionsToExpiration: 1,
        tiers: [
          { name: "conservative", credit: 0.7, startMultiple: 1.3, vixBelow: 20, maxShortDelta: 0.18 },
          { name: "balanced", credit: 1.15, startMultiple: 1.1, vixBelow: 20 },
          { name: "aggressive", credit: 1.6, startMultiple: 1, vixBelow: 15 },
        ],
        creditBand: 0.1,
        creditUnit: "points",
        width: 10,
        callWidth: undefined,
        step: 5,
        minCreditShareOfWidth: 0.06,
        maxCostShareOfCredit: 0.25,
        expectedRange: "vix",
        listings: "hypothetical",
      },
      vixGate: { hysteresis: 0.5, fiveDayClause: false },
      premiumGauge: undefined,
      size: { profile: undefined, totalRiskShare: 0.03, drawdownBrake: undefined, fairValue: undefined },
      management: undefined,
      events: { fomc: "half", cpi: "half", jobs: "half", ppi: "warn" },
      hedge: { layers, delta: 0.5, rollAtDelta: undefined, monetise: undefined, budgetShare: 0.015 },
      secondEngine: undefined,
      fills: {
        halfSpreadShare: { 1: 0.75, 2: 0.66, 3: 0.61, 4: 0.56 },
        unbidShare: 1,
        beyondSize: "refuse",
        staleAfterMinutes: 45,
      },
      fees: { broker: "ibkr-tiered" },
    });
  });

  test("the others leave out one engine and change nothing else", () => {
    const { flagship, condorOnly, hedgeOnly } = presets;
    expect(condorOnly).toEqual({ ...flagship, hedge: undefined });
    expect(hedgeOnly).toEqual({ ...flagship, condor: { ...flagship?.condor, tiers: [] } });
    expect(Object.keys(presets)).toEqual([
      "flagship",
      "glossary",
      "seedLiteral",
      "evidenceOnly",
      "condorOnly",
      "hedgeOnly",
    ]);
  });

  test("the glossary differs from the flagship in what its pages say", () => {
    const { flagship, glossary } = presets;
    expect(glossary).toEqual({
      ...flagship,
      condor: { ...flagship?.condor, expectedRange: "glossary" },
      size: { ...flagship?.size, totalRiskShare: 0.1 },
      events: { fomc: "half", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
    });
  });

  test("two run a second engine beside the flagship: by the letter, or by the evidence", () => {
    const { flagship, seedLiteral, evidenceOnly } = presets;
    expect(evidenceOnly).toEqual({ ...flagship, secondEngine: usualSecondEngine });
    expect(evidenceOnly?.secondEngine).toMatchObject({
      readings: { contango: 1, "rsi-divergence": 1, "rsi-cash": 0, macd: 1 },
      minGroups: 2,
    });
    const readings = { contango: 1, "rsi-divergence": 1, "rsi-cash": 1, macd: 1 };
    expect(seedLiteral).toEqual({
      ...flagship,
      secondEngine: { ...usualSecondEngine, readings, minGroups: 3 },
    });
  });

  test("fills cost nothing at the middle, the whole half-spread at the adverse side, between them by default", () => {
    for (const legs of [1, 2, 3, 4] as const) {
      expect(midFills.halfSpreadShare[legs]).toBe(0);
      expect(adverseFills.halfSpreadShare[legs]).toBe(1);
      const usual = defaultFills.halfSpreadShare[legs];
      expect(usual > 0.5 && usual <= 0.75).toBe(true);
    }
    expect([midFills, defaultFills, adverseFills].map(({ unbidShare }) => unbidShare)).toEqual([0, 1, 1]);
  });
});
