import { standardDeviation } from "@steward/analytics";
import { strictLog as log } from "@steward/pricing";
import { initialRsi, nextRsi, type RsiState, rsi } from "./rsi.ts";
import type { VixCurve } from "./vix-curve.ts";

/** The four conditions of a public page's "big top", by its letter. It does not say of what its RSI is: a top is the index's. */
export const BIG_TOP_CONDITIONS = [
  "vix-above-mean",
  "implied-over-realized",
  "steep-curve",
  "index-overbought",
] as const;

/** Which of them hold. */
export type BigTop = Readonly<Record<(typeof BIG_TOP_CONDITIONS)[number], boolean>>;

/** What the filter remembers. */
export interface BigTopState {
  /** VIX of the last 200 sessions. */
  readonly vix: readonly number[];
  /** Log returns of the index over the last thirty. */
  readonly returns: readonly number[];
  readonly index: RsiState;
}

/** Before the first session. */
export const initialBigTop: BigTopState = { vix: [], returns: [], index: initialRsi };

const MEAN_SESSIONS = 200;
const REALIZED_SESSIONS = 30;
const SESSIONS_A_YEAR = 252;
/** VIX over realized volatility, the second future over the first, and the RSI: as the page has them. */
const IMPLIED_OVER_REALIZED = 1.18;
const SECOND_OVER_FIRST = 1.12;
const OVERBOUGHT = 68;

/** The state after one more session. */
export function nextBigTop(
  { vix, returns, index }: BigTopState,
  today: { readonly vix: number; readonly spot: number },
): BigTopState {
  return {
    vix: [...vix.slice(1 - MEAN_SESSIONS), today.vix],
    returns:
      index.last === undefined
        ? returns
        : [...returns.slice(1 - REALIZED_SESSIONS), log(today.spot / index.last)],
    index: nextRsi(index, today.spot),
  };
}

/** The conditions in the session that the state ends with; undefined before 200 sessions have passed. */
export function bigTop(
  { vix, returns, index }: BigTopState,
  { first, second }: Pick<VixCurve, "first" | "second">,
): BigTop | undefined {
  const today = vix.at(-1);
  const deviation = standardDeviation(returns);
  const strength = rsi(index);
  if (today === undefined || vix.length < MEAN_SESSIONS || deviation === undefined || strength === undefined)
    return undefined;
  const mean = vix.reduce((sum, one) => sum + one, 0) / vix.length;
  const realized = 100 * deviation * Math.sqrt(SESSIONS_A_YEAR);
  return {
    "vix-above-mean": today > mean,
    "implied-over-realized": today >= IMPLIED_OVER_REALIZED * realized,
    "steep-curve": second >= SECOND_OVER_FIRST * first,
    "index-overbought": strength > OVERBOUGHT,
  };
}
