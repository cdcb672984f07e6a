import {
  type Arm,
  ATTRIBUTION_PARTS,
  type Attribution,
  type AttributionPart,
  type Backtest,
} from "@steward/engine";
import { toModel } from "@steward/model";
import type { Configuration } from "./config/load.ts";
import { labelsOf } from "./labels.ts";
import type { Provenance } from "./provenance.ts";

/** The result of a backtest as machines read it: statistics, what they rest on, and what reproduces them. */
export function backtestDocument(configuration: Configuration, result: Backtest, provenance: Provenance) {
  const {
    arms,
    hedge,
    protection,
    noTrade,
    sensitivity,
    verdicts,
    attribution,
    controls,
    sleeve,
    sessions,
    from,
    to,
  } = result;
  return {
    schema: "steward/backtest@1",
    preset: configuration.name,
    from,
    to,
    sessions,
    noTrade,
    arms: {
      unhedged: armOf(arms.unhedged),
      hedged: armOf(arms.hedged),
      smaller: armOf(arms.smaller),
      ...(sleeve && {
        sleeve: { ...armOf(sleeve.arm), rungs: sleeve.rungs, entries: sleeve.entries, bigTop: sleeve.bigTop },
      }),
    },
    /** How far the second engine's account goes its own way, where there is one. */
    ...(sleeve && { independence: sleeve.independence, financing: sleeve.financing ?? null }),
    sensitivity,
    verdicts,
    hedge,
    protection: { hedged: protection.hedged ?? null, smaller: protection.smaller ?? null },
    /** Dollars of the hedged account by where they came from. */
    attribution: { condor: dollarsOf(attribution.condor), hedge: dollarsOf(attribution.hedge) },
    /** Index rules at the middle and without fees, from the session on in which they had quotes. */
    controls: controls.map(({ name, levels, rolls, performance }) => ({
      name,
      from: levels[0]?.session ?? null,
      level: levels.at(-1)?.level ?? null,
      rolls: rolls.length,
      performance: performance ?? null,
    })),
    labels: labelsOf(configuration.strategy, { from, series: provenance.series }),
    config: { startEquity: configuration.startEquity, strategy: configuration.strategy },
    provenance,
  } as const;
}

function dollarsOf(attribution: Attribution): Readonly<Record<AttributionPart, number>> {
  const parts = ATTRIBUTION_PARTS.map((part) => [part, toModel(attribution[part])] as const);
  return Object.fromEntries(parts) as Record<AttributionPart, number>;
}

function armOf({ statistics, tiers, run }: Arm) {
  const last = run.rows.at(-1);
  return {
    ...statistics,
    /** Dollars that what is still open is marked at. */
    openMarks: last === undefined ? 0 : toModel(last.marks.condor) + toModel(last.marks.hedge),
    fills: run.journal.filter(({ kind }) => kind === "fill").length,
    roundTrips: run.roundTrips.length,
    tiers,
  };
}
