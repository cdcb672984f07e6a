import { type CalendarDate, daysBetween, strikePoints } from "@steward/model";
import { strictExp as exp } from "@steward/pricing";
import { type MarketView, strikeNearestDelta } from "@steward/strategy";
import type { Market } from "../ports.ts";
import {
  DAYS_A_YEAR,
  legAt,
  nextSpxMonthly,
  payoffOf,
  type ReferenceLeg,
  type ReferenceRoll,
  type ReferenceRule,
  rateOf,
  worthOf,
} from "./reference-rule.ts";

const SHORT_DELTA = 0.2;
const LONG_DELTA = 0.05;
/** Worst payoffs that lie in bills for each condor: a month can lose a tenth of it. */
const COVER = 10;

/** A condor that is held, with the bills that cover it; points for one condor. */
interface Held {
  readonly expiration: CalendarDate;
  /** Long put, short put, short call, long call. */
  readonly legs: readonly ReferenceLeg[];
  /** In bills at the roll, the premium among them. */
  readonly bills: number;
  readonly rate: number;
  readonly since: CalendarDate;
  /** Condors a unit of the level. */
  readonly contracts: number;
}

/**
 * After CNDR, the S&P 500 Iron Condor Index (methodology v4.1): every month an AM-settled condor of 20 and 5 delta, each leg on
 * its own, at the middle, ten times its worst payoff in bills. Ours rolls at the day's decision instead of 11:00, and the premium
 * goes into the bills.
 */
export function cndrRule(): ReferenceRule {
  const rolls: ReferenceRoll[] = [];
  let level = 100;
  let held: Held | undefined;
  return {
    name: "cndr",
    rolls,
    step: (market, session) => {
      const view = market.view(session);
      if (held !== undefined) {
        const settled = settledWorth(held, market, session);
        const worth = settled ?? markedWorth(held, view);
        // Without a mark the level waits for one.
        if (worth === undefined) return level;
        level = held.contracts * (grown(held, session) + worth);
        if (settled !== undefined) held = undefined;
      }
      if (held === undefined) {
        held = sell(view, session, level);
        if (held !== undefined) {
          const { expiration, legs, contracts } = held;
          rolls.push({ session, expiration, legs, contracts, level });
        }
      }
      return rolls.length > 0 ? level : undefined;
    },
  };
}

function sell(view: MarketView, session: CalendarDate, level: number): Held | undefined {
  const expiration = nextSpxMonthly(session);
  const slice = view.slice("SPX", expiration);
  if (slice === undefined) return undefined;
  const legs: readonly (ReferenceLeg | undefined)[] = [
    legAt(slice, "put", strikeNearestDelta(slice, "put", -LONG_DELTA)),
    legAt(slice, "put", strikeNearestDelta(slice, "put", -SHORT_DELTA)),
    legAt(slice, "call", strikeNearestDelta(slice, "call", SHORT_DELTA)),
    legAt(slice, "call", strikeNearestDelta(slice, "call", LONG_DELTA)),
  ];
  if (!areAll(legs)) return undefined;
  const worst = worstPayoff(legs);
  const worth = signedSum(legs.map(({ price }) => price));
  if (!(worst > 0)) return undefined;
  const bills = COVER * worst - worth;
  return {
    expiration,
    legs,
    bills,
    rate: rateOf(slice),
    since: session,
    contracts: level / (COVER * worst),
  };
}

/** The wider wing. */
export function worstPayoff(legs: readonly ReferenceLeg[]): number {
  const [longPut = 0, shortPut = 0, shortCall = 0, longCall = 0] = legs.map(({ strike }) =>
    strikePoints(strike),
  );
  return Math.max(shortPut - longPut, longCall - shortCall);
}

function settledWorth({ expiration, legs }: Held, market: Market, session: CalendarDate): number | undefined {
  if (session < expiration) return undefined;
  const settlement = market.settlement("SPX", expiration, session)?.value;
  return settlement === undefined ? undefined : signedSum(legs.map((leg) => payoffOf(leg, settlement)));
}

function markedWorth({ expiration, legs }: Held, view: MarketView): number | undefined {
  const worth = worthOf(view, { root: "SPX", expiration }, legs);
  return worth && signedSum(worth);
}

/** Long wings count for us, short ones against. */
function signedSum([longPut = 0, shortPut = 0, shortCall = 0, longCall = 0]: readonly number[]): number {
  return longPut - shortPut - shortCall + longCall;
}

function grown({ bills, rate, since }: Held, session: CalendarDate): number {
  return bills * exp((rate * daysBetween(since, session)) / DAYS_A_YEAR);
}

function areAll(legs: readonly (ReferenceLeg | undefined)[]): legs is readonly ReferenceLeg[] {
  return legs.every((leg) => leg !== undefined);
}
