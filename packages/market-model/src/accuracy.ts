// Written by tools/measure-market-model.ts; do not edit. The whole tables are in docs/market-model.md.

/** Mean absolute errors of the model against real indices, futures and chains, by the source of its level. */
export const ACCURACY = {
  /** Index points a day, constants fitted on the other decades. */
  vixFromSpx: 1.62,
  /** Index points a day, from the real VIX. */
  vix9dFromVix: 1.04,
  vix3mFromVix: 0.77,
  vix6mFromVix: 1.04,
  vvixFromVix: 9.98,
  /** Points, over the first eight months. */
  vixFutures: { indices: 0.7, vix: 1.22, spx: 1.48 },
  /** Share of a ten-point condor's credit one session before expiration, chains taken at the close. */
  oneSessionCredit: { indices: 0.34, vix: 0.38, spx: 0.41 },
  /** The same two to nine days before. */
  shortCredit: { indices: 0.15, vix: 0.17, spx: 0.47 },
  /** Share of the half-spread on calm days since 2018. */
  spxHalfSpread: 0.22,
  /** Volatility points at the money, from 21 days on. */
  vixOptionVolatility: 2.93,
} as const;
