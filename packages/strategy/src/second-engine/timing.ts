import { assertNever } from "@steward/model";
import type { MacdSource } from "../config.ts";
import { type BigTopState, initialBigTop, nextBigTop } from "../readings/big-top.ts";
import { type DivergenceState, initialDivergence, nextDivergence } from "../readings/divergence.ts";
import { initialMacd, type MacdState, nextMacd } from "../readings/macd.ts";
import { initialRsi, nextRsi, type RsiState, rsi } from "../readings/rsi.ts";
import { type VixCurve, vixCurve } from "../readings/vix-curve.ts";
import type { MarketView } from "../view.ts";

/** What the second engine's readings remember. A session without VIX or a future of its curve leaves no trace. */
export interface TimingState {
  /** Of the future of thirty days. */
  readonly futureRsi: RsiState;
  /** Of cash VIX. */
  readonly cashRsi: RsiState;
  readonly divergence: DivergenceState;
  readonly macd: MacdState;
  readonly bigTop: BigTopState;
}

/** Before the first session. */
export const initialTiming: TimingState = {
  futureRsi: initialRsi,
  cashRsi: initialRsi,
  divergence: initialDivergence,
  macd: initialMacd,
  bigTop: initialBigTop,
};

/** Cash VIX, the curve of its futures and the index in one session. */
export interface VixMarket {
  readonly spot: number;
  readonly vix: number;
  readonly curve: VixCurve;
}

/** VIX and its curve; undefined while either is missing. */
export function vixMarket(view: MarketView): VixMarket | undefined {
  const vix = view.volatility?.vix.value;
  const curve = vix === undefined ? undefined : vixCurve(view);
  return vix === undefined || curve === undefined ? undefined : { vix, curve, spot: view.spot };
}

/** The state after one more session. */
export function nextTiming(
  { futureRsi, cashRsi, divergence, macd, bigTop }: TimingState,
  market: VixMarket,
  source: MacdSource,
): TimingState {
  const future = nextRsi(futureRsi, market.curve.thirtyDays);
  const index = rsi(future);
  return {
    futureRsi: future,
    cashRsi: nextRsi(cashRsi, market.vix),
    divergence:
      index === undefined ? divergence : nextDivergence(divergence, { vix: market.vix, rsi: index }),
    macd: nextMacd(macd, seriesOf(market, source)),
    bigTop: nextBigTop(bigTop, market),
  };
}

/** What MACD is read of: each ratio rises as the curve steepens. */
function seriesOf({ vix, curve }: VixMarket, source: MacdSource): number {
  switch (source) {
    case "second-over-first":
      return curve.second / curve.first;
    case "sixty-over-thirty":
      return curve.sixtyDays / curve.thirtyDays;
    case "thirty-over-vix":
      return curve.thirtyDays / vix;
    default:
      return assertNever(source);
  }
}
