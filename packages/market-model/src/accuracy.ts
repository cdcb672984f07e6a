// Written by tools/measure-market-model.ts; do not edit. Docs/market-model.md has the whole tables.

/** Mean absolute errors of the model against real indices, futures and chains, by the source of its level. */
export const ACCURACY = {
  /** Index points, constants fitted on the other decade. */
  vixFromSpx: 1.62,
  /** Index points, from the real VIX. */
  vix9dFromVix: 1.17,
  vix3mFromVix: 0.98,
  vix6mFromVix: 1.14,
  vvixFromVix: 11,
  /** Index points, mean of the first eight months. */
  vixFutures: { indices: 0.7, vix: 1.22, spx: 1.48 },
  /** Share of a 10-point condor's credit, one session and two to nine days before expiration. */
  oneSessionCredit: { indices: 0.3, vix: 0.4, spx: 0.4 },
  shortCredit: { indices: 0.2, vix: 0.3, spx: 0.4 },
  /** Share of the half-spread. */
  spxHalfSpread: 0.2,
  /** Volatility points at the money, 21 days and more. */
  vixOptionVolatility: 3,
} as const;
