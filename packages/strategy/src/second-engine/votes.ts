import type { TimingReadingName } from "../config.ts";
import { type ContangoState, contango, contangoState } from "../readings/contango.ts";
import { type Divergence, divergence, PIVOT_SIDE } from "../readings/divergence.ts";
import { type MacdTurn, macdTurn } from "../readings/macd.ts";
import { rsi } from "../readings/rsi.ts";
import { percentText, points } from "../verdict.ts";
import type { TimingState, VixMarket } from "./timing.ts";

/** One reading of the market and how it votes. */
export interface Vote {
  readonly name: TimingReadingName;
  /** Readings of one group say much the same: agreement is counted by group. */
  readonly group: "term-structure" | "volatility" | "momentum";
  readonly weight: number;
  /** The number read; undefined where it is not to be had. */
  readonly value: number | undefined;
  /** From -1, against selling premium, to 1, for it; 0 where the reading is not available. */
  readonly vote: number;
  readonly available: boolean;
  readonly because: string;
}

/** All votes of a session together. */
export interface Score {
  /** Weighted mean of the available votes; undefined where none has a weight. */
  readonly value: number | undefined;
  /** Groups whose weighted votes speak for an entry. */
  readonly groups: readonly Vote["group"][];
}

const CONTANGO_VOTES: Readonly<Record<ContangoState, number>> = {
  inverted: -1,
  flat: 0,
  normal: 0.5,
  pronounced: 1,
  extreme: 1,
};
const DIVERGENCE_VOTES: Readonly<Record<Divergence, number>> = { exhaustion: 1, complacency: -0.5, none: 0 };
const MACD_VOTES: Readonly<Record<MacdTurn["direction"], number>> = { rising: 1, falling: -1, undecided: 0 };

/** Wilder's lines: VIX above the upper one has risen far, below the lower one fallen far. */
const OVERBOUGHT = 70;
const OVERSOLD = 30;

/** What is read and how it votes. */
interface Reading {
  readonly value: number;
  readonly vote: number;
  readonly because: string;
}

/** The readings of a session, each with its vote. Without a market today they all abstain. */
export function votesOf(
  state: TimingState,
  market: VixMarket | undefined,
  weights: Readonly<Record<TimingReadingName, number>>,
): readonly Vote[] {
  const vote = (
    name: TimingReadingName,
    group: Vote["group"],
    reading: Reading | undefined,
    missing: string,
  ): Vote => {
    const own = { name, group, weight: weights[name] };
    return market === undefined || reading === undefined
      ? {
          ...own,
          value: undefined,
          vote: 0,
          available: false,
          because: market === undefined ? "VIX or a future of its curve is missing" : missing,
        }
      : { ...own, ...reading, available: true };
  };
  return [
    vote("contango", "term-structure", market && readContango(market), ""),
    vote(
      "rsi-divergence",
      "volatility",
      readDivergence(state),
      "two highs and two lows of VIX are not known yet",
    ),
    vote("rsi-cash", "volatility", readCashRsi(state), "the RSI of VIX needs fourteen changes"),
    vote("macd", "momentum", readMacd(state), "MACD needs 35 sessions"),
  ];
}

function readContango({ curve }: VixMarket): Reading {
  const value = contango(curve);
  const state = contangoState(value);
  return { value, vote: CONTANGO_VOTES[state], because: `the VIX curve is ${state}, ${percentText(value)}` };
}

function readDivergence({ divergence: state, futureRsi }: TimingState): Reading | undefined {
  const value = rsi(futureRsi);
  const found = divergence(state);
  if (value === undefined || found === undefined) return undefined;
  const says = {
    exhaustion: "a higher high of VIX was not confirmed by its future",
    complacency: "a lower low of VIX was not confirmed by its future",
    none: "VIX and its future agree",
  };
  return {
    value,
    vote: DIVERGENCE_VOTES[found],
    because: `${says[found]}, as known ${PIVOT_SIDE} sessions later; RSI of the future ${points(value)}`,
  };
}

function readCashRsi({ cashRsi }: TimingState): Reading | undefined {
  const value = rsi(cashRsi);
  if (value === undefined) return undefined;
  const vote = value > OVERBOUGHT ? 1 : value < OVERSOLD ? -1 : 0;
  return { value, vote, because: `RSI of VIX ${points(value)}` };
}

function readMacd({ macd }: TimingState): Reading | undefined {
  const turn = macdTurn(macd);
  if (turn === undefined) return undefined;
  const { histogram: value, direction } = turn;
  return {
    value,
    vote: MACD_VOTES[direction],
    because: `MACD of the curve is ${direction}, histogram ${value.toFixed(4)}`,
  };
}

/** The weighted mean of what is available, and the groups that speak for an entry. */
export function scoreOf(votes: readonly Vote[]): Score {
  const heard = votes.filter(({ available, weight }) => available && weight > 0);
  const weight = heard.reduce((total, vote) => total + vote.weight, 0);
  const sumOf = (of: readonly Vote[]) => of.reduce((total, vote) => total + vote.weight * vote.vote, 0);
  const groups = [...Map.groupBy(heard, ({ group }) => group)];
  return {
    value: weight === 0 ? undefined : sumOf(heard) / weight,
    groups: groups.filter(([, own]) => sumOf(own) > 0).map(([group]) => group),
  };
}
