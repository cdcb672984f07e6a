/** What each session knows: folds over the index and the real series up to that session, never over later ones. */
import type { CalendarDate, FutureSettlement, IndexBar, SeriesSource } from "@steward/model";
import type { VolatilityReadings } from "@steward/strategy";
import { type Carry, carryOf } from "./carry.ts";
import { type IndexReadings, indexReadings } from "./index-readings.ts";
import { assertIndex, futuresBySession, lastValuesBySession, type MarketInputs } from "./inputs.ts";
import { realizedVolatility } from "./realized-volatility.ts";
import { type QuotingDay, spreadStress } from "./spread.ts";
import { type VarianceCurve, varianceCurve } from "./variance-level.ts";

/** Where the level of implied volatility comes from: the real indices, real VIX alone, or the index's own path. */
export type LevelSource = "indices" | "vix" | "spx";

/** How far to trust a session's modelled prices. */
export interface SessionLabels {
  readonly levelSource: LevelSource;
  readonly vvixSource: SeriesSource;
  readonly futuresSource: SeriesSource;
  /** Fewer sessions behind the level than it needs to forget its start. */
  readonly isSettling: boolean;
  /** What no chain of the calibration has seen. */
  readonly beyondSample: readonly BeyondSample[];
}

export type BeyondSample = "before-2011" | "vix-above-24" | "vvix-above-120";

/** What a session knows about volatility. */
export interface VolatilityState {
  readonly readings: VolatilityReadings;
  readonly labels: SessionLabels;
  readonly curve: VarianceCurve;
  readonly day: QuotingDay;
}

/** One session: its bar, and what its close adds to the past. Volatility is undefined while it warms up. */
export interface SessionState {
  readonly bar: IndexBar;
  readonly carry: Carry;
  readonly volatility: VolatilityState | undefined;
}

/** The states of every session, shared by the markets of several scales. */
export interface VolatilityHistory {
  readonly inputs: MarketInputs;
  readonly states: readonly SessionState[];
  /** Real futures of each session that has some, nearest first. */
  readonly futures: ReadonlyMap<CalendarDate, readonly FutureSettlement[]>;
}

/** Sessions of index history before a modelled level is shown at all, and before it has forgotten its start. */
const WARM_UP_SESSIONS = 126;
const SETTLED_SESSIONS = 252;
/** A real VIX needs no warm-up, but its distance from its average settles, and realized volatility needs its returns. */
const REAL_SETTLED_SESSIONS = 126;
const REALIZED_RETURNS = 20;

const FIRST_SAMPLED_DATE = "2011-01-01";
const HIGHEST_SAMPLED_VIX = 24;
const HIGHEST_SAMPLED_VVIX = 120;

/** Computes the states of all sessions once. */
export function volatilityHistory(inputs: MarketInputs): VolatilityHistory {
  assertIndex(inputs.index);
  const sessions = inputs.index.map(({ date }) => date);
  const rates = lastValuesBySession(sessions, inputs.rates);
  const dividendYields = lastValuesBySession(sessions, inputs.dividendYields);
  const futures = futuresBySession(inputs.vixFutures);
  const volatilities = volatilityStates(inputs, futures);

  const states = inputs.index.map((bar, index) => ({
    bar,
    carry: carryOf(bar.date, { rate: rates[index], dividendYield: dividendYields[index] }),
    volatility: volatilities[index],
  }));
  return { inputs, states, futures };
}

function volatilityStates(
  inputs: MarketInputs,
  futures: VolatilityHistory["futures"],
): readonly (VolatilityState | undefined)[] {
  const closes = inputs.index.map(({ close }) => close);
  const realized = realizedVolatility(closes, REALIZED_RETURNS);
  return indexReadings(inputs).map((indices, index) => {
    const date = inputs.index[index]?.date;
    const realized20 = realized[index];
    const known = index + 1;
    const isVixReal = indices.vix.source !== "modelled";
    if (date === undefined || realized20 === undefined) return undefined;
    if (!isVixReal && known < WARM_UP_SESSIONS) return undefined;

    const { surprise63, ...readings } = indices;
    return {
      readings: { ...readings, realized20: { value: realized20, source: inputs.indexSource } },
      labels: {
        levelSource: levelSourceOf(indices),
        vvixSource: indices.vvix.source,
        futuresSource: futures.has(date) ? (inputs.vixFutures?.source ?? "modelled") : "modelled",
        isSettling: known < (isVixReal ? REAL_SETTLED_SESSIONS : SETTLED_SESSIONS),
        beyondSample: beyondSample(date, indices),
      },
      curve: varianceCurve(date, {
        vix9d: indices.vix9d.value,
        vix: indices.vix.value,
        vix3m: indices.vix3m.value,
        vix6m: indices.vix6m.value,
      }),
      day: { date, widthsOf: date, stress: spreadStress(surprise63) },
    };
  });
}

function levelSourceOf({ vix9d, vix, vix3m, vix6m }: IndexReadings): LevelSource {
  if (vix.source === "modelled") return "spx";
  return [vix9d, vix3m, vix6m].every(({ source }) => source !== "modelled") ? "indices" : "vix";
}

function beyondSample(date: CalendarDate, { vix, vvix }: IndexReadings): readonly BeyondSample[] {
  const found: BeyondSample[] = [];
  if (date < FIRST_SAMPLED_DATE) found.push("before-2011");
  if (vix.value > HIGHEST_SAMPLED_VIX) found.push("vix-above-24");
  if (vvix.value > HIGHEST_SAMPLED_VVIX) found.push("vvix-above-120");
  return found;
}
