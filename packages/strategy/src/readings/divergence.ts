/** Cash VIX with the RSI of its 30-day future in the same session. */
export interface DivergencePoint {
  readonly vix: number;
  readonly rsi: number;
}

/** A high or low of VIX, so many sessions old. */
interface Pivot extends DivergencePoint {
  readonly age: number;
}

/** What divergence remembers: the sessions around a possible pivot, and the last two pivots of each kind, the newest last. */
export interface DivergenceState {
  readonly recent: readonly DivergencePoint[];
  readonly highs: readonly Pivot[];
  readonly lows: readonly Pivot[];
}

/** Before the first session. */
export const initialDivergence: DivergenceState = { recent: [], highs: [], lows: [] };

/** A pivot stands beyond this many sessions on both sides: it is known only so much later, and counts only from then on. */
export const PIVOT_SIDE = 3;
/** Two pivots are compared at most this many sessions apart. */
const APART = 20;
/** A divergence says something for this many sessions from its newer pivot on. */
const LASTS = 10;

/** The state after one more session; one without its readings leaves no trace. */
export function nextDivergence(previous: DivergenceState, point: DivergencePoint): DivergenceState {
  const recent = [...previous.recent, point].slice(-(2 * PIVOT_SIDE + 1));
  const middle = recent[PIVOT_SIDE];
  const others = recent.filter((_, index) => index !== PIVOT_SIDE);
  const isSettled = middle !== undefined && others.length === 2 * PIVOT_SIDE;
  const isHigh = isSettled && others.every(({ vix }) => vix < middle.vix);
  const isLow = isSettled && others.every(({ vix }) => vix > middle.vix);
  const after = (pivots: readonly Pivot[], isNew: boolean): readonly Pivot[] => {
    const older = pivots.map((pivot) => ({ ...pivot, age: pivot.age + 1 }));
    return isNew && middle !== undefined ? [...older, { ...middle, age: PIVOT_SIDE }].slice(-2) : older;
  };
  return { recent, highs: after(previous.highs, isHigh), lows: after(previous.lows, isLow) };
}

/**
 * `exhaustion`: VIX made a higher high that its future's RSI did not confirm. `complacency`: a lower low that it did not confirm. The
 * newer of the two where both hold. Undefined before two highs and two lows are known.
 */
export type Divergence = "exhaustion" | "complacency" | "none";

/** Whether VIX and its future's RSI disagree. */
export function divergence({ highs, lows }: DivergenceState): Divergence | undefined {
  const [olderHigh, high] = highs;
  const [olderLow, low] = lows;
  if (olderHigh === undefined || high === undefined || olderLow === undefined || low === undefined)
    return undefined;
  const isExhausted = isNear(olderHigh, high) && high.vix > olderHigh.vix && high.rsi < olderHigh.rsi;
  const isComplacent = isNear(olderLow, low) && low.vix < olderLow.vix && low.rsi > olderLow.rsi;
  if (isExhausted && isComplacent) return high.age <= low.age ? "exhaustion" : "complacency";
  if (isExhausted) return "exhaustion";
  return isComplacent ? "complacency" : "none";
}

function isNear(older: Pivot, newer: Pivot): boolean {
  return newer.age <= LASTS && older.age - newer.age <= APART;
}
