import type { SessionRange, VariantResult } from "@steward/engine";
import type { Configuration } from "./config/load.ts";
import type { Setting } from "./config/settings.ts";
import { labelsOf } from "./labels.ts";
import { centralMarket, type MarketData } from "./market-data.ts";
import { provenanceOf } from "./provenance.ts";
import { probabilityOf, type SweepFindings } from "./sweep/findings.ts";
import type { Flags } from "./text/command-line.ts";

/** A sweep that ran to its end. */
export interface Sweep {
  /** What the variants vary. */
  readonly base: Configuration;
  readonly range: SessionRange;
  readonly data: MarketData;
  /** What the user asked for besides the variation. */
  readonly flags: Flags;
  /** The settings of each variant. */
  readonly variants: readonly (readonly Setting[])[];
  /** In the order of the variants. */
  readonly results: readonly VariantResult[];
  readonly findings: SweepFindings | undefined;
}

/** A sweep as machines read it: every variant, and what the best one is worth. */
export function sweepDocument({ base, range, data, variants, results, findings }: Sweep) {
  const { from, to } = range;
  const provenance = provenanceOf(base, data, centralMarket(data, base.strategy));
  return {
    schema: "steward/sweep@1",
    preset: base.name,
    from,
    to,
    sessions: results[0]?.sessions ?? 0,
    variants: results.map((result, index) => {
      const { growth, volatility, drawdown, sharpe, roundTrips } = result;
      return {
        settings: Object.fromEntries((variants[index] ?? []).map(({ key, value }) => [key, value])),
        growth: growth ?? null,
        volatility: volatility ?? null,
        drawdown,
        sharpe: sharpe ?? null,
        probability: probabilityOf(result) ?? null,
        roundTrips,
      };
    }),
    /** Of the best by Sharpe ratio: its place among the variants, and what luck would have shown. */
    best: findings?.best ?? null,
    overfitting: findings?.overfitting ?? null,
    labels: labelsOf(base.strategy, { from, series: provenance.series }),
    provenance,
  } as const;
}
