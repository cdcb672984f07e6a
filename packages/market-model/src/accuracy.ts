// Written by tools/measure-market-model.ts; do not edit. The whole tables are in docs/market-model.md.

/** Mean absolute errors of the model against real indices, futures and chains, by the source of its level. */
export const ACCURACY = {
  /** Index points a day, constants fitted on the other decades. */
  vixFromSpx: 1.62,
  /** Index points a day, from real VIX and from the index alone. */
  otherIndices: {
    vix9d: { vix: 1.04, spx: 1.95 },
    vix3m: { vix: 0.77, spx: 1.68 },
    vix6m: { vix: 1.04, spx: 1.69 },
    vvix: { vix: 9.98, spx: 10.54 },
  },
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
