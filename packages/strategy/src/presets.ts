import type { FeeConfig, FillConfig, HedgeConfig, SecondEngineConfig, StrategyConfig } from "./config.ts";

const refusals = { beyondSize: "refuse", staleAfterMinutes: 45 } as const;

/** Middle prices: what a backtest shows that nobody can trade. Reported beside the others, never alone. */
export const midFills: FillConfig = {
  halfSpreadShare: { 1: 0, 2: 0, 3: 0, 4: 0 },
  unbidShare: 0,
  ...refusals,
};

/**
 * Packages fill nearer to the middle than single legs: a public fill simulator crosses about 0.75 of the half-spread for one
 * leg and 0.56 for four, a data vendor states 0.66 for two; three legs are interpolated. Unproven for this instrument.
 */
export const defaultFills: FillConfig = {
  halfSpreadShare: { 1: 0.75, 2: 0.66, 3: 0.61, 4: 0.56 },
  unbidShare: 1,
  ...refusals,
};

/** Every leg crosses the whole spread. */
export const adverseFills: FillConfig = {
  halfSpreadShare: { 1: 1, 2: 1, 3: 1, 4: 1 },
  unbidShare: 1,
  ...refusals,
};

/** A large broker's schedule for small accounts. */
export const defaultFees: FeeConfig = { broker: "ibkr-tiered" };

const layeredHedge: HedgeConfig = {
  layers: [
    { name: "short", days: 30, contracts: 4, rollDays: 9 },
    { name: "medium", days: 110, contracts: 4, rollDays: 50 },
    { name: "long", days: 220, contracts: 2, rollDays: 110 },
  ],
  delta: 0.5,
  rollAtDelta: undefined,
  monetise: undefined,
  budgetShare: 0.015,
};

/** The second engine that a configuration starts from which names one: public pages where they agree, else chosen here. */
export const usualSecondEngine: SecondEngineConfig = {
  structure: "deferred-condor",
  root: "SPXW",
  capitalShare: 0.25,
  riskShare: 0.1,
  maxOpen: 3,
  compounding: 1,
  condor: { leastDays: 7, mostDays: 21, leastDelta: 0.08, mostDelta: 0.12, width: 25 },
  vixCalls: { days: 60, delta: 0.3, soldDelta: 0.5 },
  gates: { contango: 0.08, vixBelow: 20, bigTop: false, events: "half" },
  readings: { contango: 1, "rsi-divergence": 1, "rsi-cash": 0, macd: 1 },
  macdOf: "second-over-first",
  minGroups: 2,
  minScore: 0.25,
  financing: { kind: "none", share: 0.5, equityPremium: 0.045 },
};

const flagship: StrategyConfig = {
  condor: {
    root: "SPXW",
    sessionsToExpiration: 1,
    tiers: [
      { name: "conservative", credit: 0.7, startMultiple: 1.3, vixBelow: 20, maxShortDelta: 0.18 },
      { name: "balanced", credit: 1.15, startMultiple: 1.1, vixBelow: 20 },
      { name: "aggressive", credit: 1.6, startMultiple: 1.0, vixBelow: 15 },
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
  hedge: layeredHedge,
  secondEngine: undefined,
  fills: defaultFills,
  fees: defaultFees,
};

/**
 * The method as its public glossary has it, with this system's choices where the glossary is silent: the range of VIX9D and realized
 * volatility, a tenth of the account at risk, and FOMC decisions alone halve the size.
 */
const glossary: StrategyConfig = {
  ...flagship,
  condor: { ...flagship.condor, expectedRange: "glossary" },
  size: { ...flagship.size, totalRiskShare: 0.1 },
  events: { fomc: "half", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
};

/** Beside the flagship a second engine by the letter of a public text: all readings that exist vote, and three groups must agree. */
const seedLiteral: StrategyConfig = {
  ...flagship,
  secondEngine: {
    ...usualSecondEngine,
    readings: { ...usualSecondEngine.readings, "rsi-cash": 1 },
    minGroups: 3,
  },
};

/** Ready-made configurations by name. */
export const presets: Readonly<Record<string, StrategyConfig>> = {
  flagship,
  glossary,
  seedLiteral,
  evidenceOnly: { ...flagship, secondEngine: usualSecondEngine },
  condorOnly: { ...flagship, hedge: undefined },
  hedgeOnly: { ...flagship, condor: { ...flagship.condor, tiers: [] } },
};
