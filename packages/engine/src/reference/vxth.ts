import { type CalendarDate, daysBetween } from "@steward/model";
import { strictExp as exp } from "@steward/pricing";
import { type MarketView, strikeNearestDelta } from "@steward/strategy";
import {
  DAYS_A_YEAR,
  dividendYieldOf,
  legAt,
  nextSpxMonthly,
  nextVixMonthly,
  payoffOf,
  type ReferenceLeg,
  type ReferenceRoll,
  type ReferenceRule,
  worthOf,
} from "./reference-rule.ts";

/** Of the calls when bought. */
export const VXTH_DELTA = 0.3;
/** The most of the portfolio that goes into VIX calls. */
export const FULL_CALL_WEIGHT = 0.01;

/** The share of the portfolio in VIX calls by the VIX future of the month, in index points. */
export function callWeight(future: number): number {
  if (future <= 15) return 0;
  if (future <= 30) return FULL_CALL_WEIGHT;
  return future <= 50 ? FULL_CALL_WEIGHT / 2 : 0;
}

interface Held {
  readonly expiration: CalendarDate;
  readonly leg: ReferenceLeg | undefined;
  /** VIX calls, and units of the index with its dividends. */
  readonly calls: number;
  readonly units: number;
  readonly since: CalendarDate;
}

/**
 * After VXTH, the VIX Tail Hedge Index: the S&P 500 with dividends and, from every monthly VIX expiration to the next, one-month
 * VIX calls of 30 delta for none, half or one percent of it by the VIX future. Ours buys at the middle at the day's decision.
 */
export function vxthRule(): ReferenceRule {
  const rolls: ReferenceRoll[] = [];
  let level = 100;
  let held: Held | undefined;
  // A month without calls is no roll, but it holds the index.
  let isInvested = false;
  return {
    name: "vxth",
    rolls,
    step: (market, session) => {
      const view = market.view(session);
      if (held !== undefined) {
        const { expiration, leg, calls, since } = held;
        const settlement =
          session < expiration ? undefined : market.settlement("VIX", expiration, session)?.value;
        const units = held.units * reinvested(view, since);
        const marked = leg === undefined ? 0 : worthOf(view, { root: "VIX", expiration }, [leg])?.[0];
        const worth = settlement === undefined || leg === undefined ? marked : payoffOf(leg, settlement);
        // Without a mark the level waits for one.
        if (worth === undefined) return level;
        level = units * view.spot + calls * worth;
        held = settlement === undefined ? { ...held, units, since: session } : undefined;
      }
      if (held === undefined) {
        held = renew(view, session, level);
        if (held?.leg !== undefined) {
          const { expiration, leg, calls } = held;
          rolls.push({ session, expiration, legs: [leg], contracts: calls, level });
        }
      }
      isInvested ||= held !== undefined;
      return isInvested ? level : undefined;
    },
  };
}

function renew(view: MarketView, session: CalendarDate, level: number): Held | undefined {
  const expiration = nextVixMonthly(session);
  const slice = view.slice("VIX", expiration);
  if (slice === undefined) return undefined;
  const weight = callWeight(slice.forward);
  const leg = weight === 0 ? undefined : legAt(slice, "call", strikeNearestDelta(slice, "call", VXTH_DELTA));
  const spent = leg === undefined ? 0 : weight * level;
  const calls = leg === undefined || leg.price === 0 ? 0 : spent / leg.price;
  const units = (level - spent) / view.spot;
  return { expiration, leg, calls, units, since: session };
}

/** How dividends since a session add to the units that are held. */
function reinvested(view: MarketView, since: CalendarDate): number {
  const { date } = view.session;
  const slice = view.slice("SPX", nextSpxMonthly(date));
  const dividendYield = slice === undefined ? 0 : dividendYieldOf(slice, view.spot);
  return exp((dividendYield * daysBetween(since, date)) / DAYS_A_YEAR);
}
