import { type CalendarDate, daysBetween, isMonthlyVixExpiration, type Slice } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";
import { type Hyperbola, hyperbola } from "./hyperbola.ts";
import { type StrikeRule, smileSlice } from "./smile-slice.ts";
import { type QuotingDay, VIX_QUOTING, WEEKLY_VIX_QUOTING } from "./spread.ts";

/** What an evening knows about options on VIX. */
export interface VixOptionState {
  readonly day: QuotingDay;
  readonly rate: number;
  readonly vvix: number;
}

/** An expiration and the future that settles with it. */
export interface VixExpiration {
  readonly expiration: CalendarDate;
  readonly future: number;
}

/** The options settle on the opening quotation: this part of the last calendar day is not lived. */
const OPEN_BEFORE_CLOSE_DAYS = 0.29;
const SHORTEST_DAYS = 0.5;
/** Below this many points half points are listed. */
const FINE_STRIKES_BELOW = 15;
/** Of the future: a call bought in calm keeps its mark in a panic. */
const LOWEST_STRIKE = 0.1;
const HIGHEST_STRIKE = 15;

const VIX_STRIKES: StrikeRule = {
  increment: (future) => (future < FINE_STRIKES_BELOW ? 0.5 : 1),
  // Half points stay listed when the future has moved away from them.
  isListed: (points, future) =>
    points % 0.5 === 0 && points >= LOWEST_STRIKE * future && points <= HIGHEST_STRIKE * future,
};

/** The modelled slice of one VIX expiration, by Black (1976) on its own future. */
export function vixSlice(state: VixOptionState, { expiration, future }: VixExpiration): Slice {
  const days = daysBetween(state.day.date, expiration);
  const years = Math.max(days - OPEN_BEFORE_CLOSE_DAYS, SHORTEST_DAYS) / 365;
  const isWeekly = !isMonthlyVixExpiration(expiration);
  return smileSlice({
    root: "VIX",
    expiration,
    years,
    forward: future,
    discountFactor: exp(-state.rate * years),
    level: atTheMoneyVixVolatility(days, state.vvix) * Math.sqrt(years),
    smile: vixSmile(days),
    strikes: VIX_STRIKES,
    quoting: isWeekly ? WEEKLY_VIX_QUOTING : VIX_QUOTING,
    day: state.day,
  });
}

/** What lowers the volatility of the shortest options: a share that fades out at so many days. */
export interface ShortOptionDiscount {
  readonly share: number;
  readonly days: number;
}

/** From two calm chains; VVIX looks 30 days ahead, and options of one to three weeks stood below it. */
export const SHORT_OPTION_DISCOUNT: ShortOptionDiscount = { share: 0.18, days: 28 };

/**
 * At-the-money volatility (ACT/365, decimal) of VIX options so many calendar days from settlement: falls with time as
 * VIX reverts to its mean, and long options answer VVIX less than in proportion.
 */
export function atTheMoneyVixVolatility(
  days: number,
  vvix: number,
  discount: ShortOptionDiscount = SHORT_OPTION_DISCOUNT,
): number {
  const reversion = (2.95 * Math.max(days, 7)) / 365;
  const elasticity = 1 - 0.25 * Math.min(1, days / 240);
  const decay = Math.sqrt((1 - exp(-reversion)) / reversion);
  const nearness = Math.max(1 - days / discount.days, 0);
  const volatility = 1.01 * 0.82 * exp(elasticity * log(vvix / 82)) * decay * (1 - discount.share * nearness);
  return Math.min(2.5, Math.max(0.25, volatility));
}

/** The shape of the VIX smile: calls are dearer. */
export function vixSmile(days: number): Hyperbola {
  const curvature = 0.1113 * exp(-0.774 * log(Math.min(250, Math.max(7, days)) / 60));
  return hyperbola({ leftSlope: 0.15, rightSlope: 1, slope: 0.4735, curvature });
}
