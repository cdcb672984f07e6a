/** Everything that the page and the labels quote, computed once. */

import type { LevelSource } from "@steward/market-model";
import type { CalendarDate } from "@steward/model";
import { type RealSlice, readSlices } from "./chains.ts";
import { type CondorError, condorErrors } from "./condor-errors.ts";
import { futuresGroups, type LevelPair, levelPairs, oneSessionPairs } from "./level-errors.ts";
import { smileErrors, smileGroups } from "./smile-errors.ts";
import { readStates, type States } from "./sources.ts";
import { type SpreadError, spreadErrors, xspErrors } from "./spread-errors.ts";
import { errorsOf, type Groups, mean } from "./statistics.ts";
import { type VixOptionError, vixOptionErrors } from "./vix-option-errors.ts";

export const INDEX_NAMES = ["vix9d", "vix3m", "vix6m", "vvix"] as const;
type IndexName = (typeof INDEX_NAMES)[number];

export interface Measurement {
  readonly states: Readonly<Record<LevelSource, States>>;
  readonly slices: readonly RealSlice[];
  /** Modelled VIX from the index alone against VIX. */
  readonly vix: readonly LevelPair[];
  /** The other indices, from real VIX and from the index alone. */
  readonly indices: Readonly<Record<IndexName, Readonly<Record<"vix" | "spx", readonly LevelPair[]>>>>;
  readonly futures: Groups;
  readonly oneSession: Readonly<Record<LevelSource, readonly LevelPair[]>>;
  readonly smiles: { readonly all: Groups; readonly synchronous: Groups };
  readonly condors: readonly CondorError[];
  readonly spreads: readonly SpreadError[];
  readonly vixOptions: readonly VixOptionError[];
}

/** Sessions that the modelled VIX needs to forget its start: none before counts. */
const FIRST_MEASURED = "2001-01-03";

/** Runs the model over everything that is there; `report` hears of each step. */
export function measure(report: (step: string) => void): Measurement {
  report("states of every session from real indices, real VIX and the index alone");
  const states = readStates();
  const closes = new Map<CalendarDate, number>(
    [...states.spx.values()].map(({ bar }) => [bar.date, bar.close]),
  );
  report("option chains");
  const slices = readSlices(closes);

  report("volatility indices and futures");
  const pairsOf = (name: IndexName) => ({
    vix: levelPairs(states.vix, name),
    spx: levelPairs(states.spx, name),
  });
  const levels = {
    vix: levelPairs(states.spx, "vix").filter(({ date }) => date >= FIRST_MEASURED),
    indices: {
      vix9d: pairsOf("vix9d"),
      vix3m: pairsOf("vix3m"),
      vix6m: pairsOf("vix6m"),
      vvix: pairsOf("vvix"),
    },
    futures: futuresGroups(states),
    oneSession: {
      indices: oneSessionPairs(states.indices),
      vix: oneSessionPairs(states.vix),
      spx: oneSessionPairs(states.spx),
    },
  };

  report("smiles, condors, quotes and VIX options");
  const errors = smileErrors(slices, states);
  return {
    states,
    slices,
    ...levels,
    smiles: {
      all: smileGroups(errors),
      synchronous: smileGroups(errors.filter(({ slice }) => slice.isSynchronous)),
    },
    condors: condorErrors(slices, states),
    spreads: [...spreadErrors(slices, states.indices), ...xspErrors(states.indices)],
    vixOptions: vixOptionErrors(states.indices),
  };
}

/** The numbers behind the labels of modelled series; the shape is that of the package's `ACCURACY`. */
export interface Accuracy {
  readonly vixFromSpx: number;
  readonly otherIndices: Readonly<Record<IndexName, Readonly<Record<"vix" | "spx", number>>>>;
  readonly vixFutures: Readonly<Record<LevelSource, number>>;
  readonly oneSessionCredit: Readonly<Record<LevelSource, number>>;
  readonly shortCredit: Readonly<Record<LevelSource, number>>;
  readonly spxHalfSpread: number;
  readonly vixOptionVolatility: number;
}

export function accuracyOf(measured: Measurement): Accuracy {
  const { vix, indices, futures, condors, spreads, vixOptions } = measured;
  const pairMae = (pairs: readonly LevelPair[]): number =>
    errorsOf(pairs.map(({ real, model }) => model - real)).mae;
  const both = (name: IndexName) => ({ vix: pairMae(indices[name].vix), spx: pairMae(indices[name].spx) });
  const byLevel = (of: (level: LevelSource) => number): Readonly<Record<LevelSource, number>> => ({
    indices: of("indices"),
    vix: of("vix"),
    spx: of("spx"),
  });
  const credit = (level: LevelSource, isMine: (days: number) => boolean): number =>
    mean(
      condors
        .filter(({ slice, smileCase }) => slice.isSynchronous && smileCase === level && isMine(slice.days))
        .map(({ real, model }) => Math.abs(model / real - 1)),
    );
  const calm = spreads.filter(({ regime }) => /^(2018, VIX < 16|2019, VIX < 18|2023)/.test(regime));
  const longer = vixOptions.filter(({ term, bucket }) => term !== "under 21" && bucket === "above .4");
  return {
    vixFromSpx: pairMae(vix),
    otherIndices: { vix9d: both("vix9d"), vix3m: both("vix3m"), vix6m: both("vix6m"), vvix: both("vvix") },
    vixFutures: byLevel((level) => futures.errors(level).mae),
    oneSessionCredit: byLevel((level) => credit(level, (days) => days === 1)),
    shortCredit: byLevel((level) => credit(level, (days) => days > 1)),
    spxHalfSpread:
      mean(calm.map(({ real, model }) => Math.abs(model - real))) / mean(calm.map(({ real }) => real)),
    vixOptionVolatility: errorsOf(longer.map(({ error }) => error)).mae,
  };
}
