import { type CalendarDate, daysBetween, type Slice } from "@steward/model";
import { strictExp as exp } from "@steward/pricing";
import { atTheMoneyVolatility } from "./at-the-money.ts";
import type { Carry } from "./carry.ts";
import { spxSmile } from "./smile.ts";
import { type StrikeRule, smileSlice } from "./smile-slice.ts";
import { type QuotingDay, SPX_QUOTING, XSP_QUOTING } from "./spread.ts";
import { effectiveSessions } from "./variance-clock.ts";
import { totalVariance, type VarianceCurve } from "./variance-level.ts";

/** What an evening knows about the index: enough to price every expiration. */
export interface SpxState extends Carry {
  readonly day: QuotingDay;
  readonly spot: number;
  readonly curve: VarianceCurve;
  readonly vvix: number;
}

/** Roots of options on the index and on a tenth of it. */
export type SpxRoot = "SPX" | "SPXW" | "XSP";

export interface SpxExpiration {
  readonly root: SpxRoot;
  readonly expiration: CalendarDate;
  /** Factor of one-session volatility; tapers to 1 at nine days. */
  readonly shortVolScale: number;
}

/** From the close to an opening quotation on the morning of the last day: 6.5 hours before its close. */
const OPEN_BEFORE_CLOSE_DAYS = 6.5 / 24;
/** Of the forward: far enough that whatever was sold keeps its mark. */
const LOWEST_STRIKE = 0.2;
const HIGHEST_STRIKE = 3;

const SPX_STRIKES = strikesEvery(5);
const XSP_STRIKES = strikesEvery(1);

/** The modelled slice of one expiration. */
export function spxSlice(state: SpxState, { root, expiration, shortVolScale }: SpxExpiration): Slice {
  const fixing = root === "SPX" ? "am" : "pm";
  const days = daysBetween(state.day.date, expiration);
  const years = (fixing === "am" ? days - OPEN_BEFORE_CLOSE_DAYS : days) / 365;
  const sessions = effectiveSessions({ from: state.day.date, to: expiration, fixing });
  const smile = spxSmile(sessions, state.vvix);
  const forward = indexForward(state, years) * (root === "XSP" ? 0.1 : 1);
  return smileSlice({
    root,
    expiration,
    years,
    forward,
    discountFactor: exp(-state.rate * years),
    level: atTheMoneyVolatility(smile, totalVariance(state.curve, sessions, shortVolScale)),
    smile,
    strikes: root === "XSP" ? XSP_STRIKES : SPX_STRIKES,
    quoting: root === "XSP" ? XSP_QUOTING : SPX_QUOTING,
    day: state.day,
  });
}

/** The outright to a time ahead, in points. */
export function indexForward(
  { spot, rate, dividendYield }: Carry & { readonly spot: number },
  years: number,
): number {
  return spot * exp((rate - dividendYield) * years);
}

function strikesEvery(increment: number): StrikeRule {
  return {
    increment: () => increment,
    isListed: (points, forward) =>
      points % increment === 0 && points >= LOWEST_STRIKE * forward && points <= HIGHEST_STRIKE * forward,
  };
}
