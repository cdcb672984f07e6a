import type { LevelSource } from "@steward/market-model";
import { type Accuracy, INDEX_NAMES } from "./measurement.ts";

/** The source text of the package's accuracy.ts. */
export function accuracyModule(accuracy: Accuracy): string {
  const levels = (values: Readonly<Record<LevelSource, number>>): string =>
    `{ indices: ${rounded(values.indices)}, vix: ${rounded(values.vix)}, spx: ${rounded(values.spx)} }`;
  const pair = ({ vix, spx }: Readonly<Record<"vix" | "spx", number>>): string =>
    `{ vix: ${rounded(vix)}, spx: ${rounded(spx)} }`;
  return `// Written by tools/measure-market-model.ts; do not edit. The whole tables are in docs/market-model.md.

/** Mean absolute errors of the model against real indices, futures and chains, by the source of its level. */
export const ACCURACY = {
  /** Index points a day, constants fitted on the other decades. */
  vixFromSpx: ${rounded(accuracy.vixFromSpx)},
  /** Index points a day, from real VIX and from the index alone. */
  otherIndices: {
${INDEX_NAMES.map((name) => `    ${name}: ${pair(accuracy.otherIndices[name])},`).join("\n")}
  },
  /** Points, over the first eight months. */
  vixFutures: ${levels(accuracy.vixFutures)},
  /** Share of a ten-point condor's credit one session before expiration, chains taken at the close. */
  oneSessionCredit: ${levels(accuracy.oneSessionCredit)},
  /** The same two to nine days before. */
  shortCredit: ${levels(accuracy.shortCredit)},
  /** Share of the half-spread on calm days since 2018. */
  spxHalfSpread: ${rounded(accuracy.spxHalfSpread)},
  /** Volatility points at the money, from 21 days on. */
  vixOptionVolatility: ${rounded(accuracy.vixOptionVolatility)},
} as const;
`;
}

/** Two decimals, trailing zeros dropped: what a label can use. */
function rounded(value: number): string {
  return String(Number(value.toFixed(2)));
}
