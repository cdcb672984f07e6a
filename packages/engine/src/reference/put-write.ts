import { type CalendarDate, daysBetween, strike, strikePoints } from "@steward/model";
import { strictExp as exp } from "@steward/pricing";
import type { MarketView } from "@steward/strategy";
import {
  DAYS_A_YEAR,
  dividendYieldOf,
  legAt,
  nextSpxMonthly,
  payoffOf,
  type ReferenceLeg,
  type ReferenceRoll,
  type ReferenceRule,
  rateOf,
  worthOf,
} from "./reference-rule.ts";

/** Puts a unit of the level that bills cover at the expiration: N K = (level + N P) grown to the expiration. */
export function coveredPuts(
  level: number,
  {
    strike: points,
    price,
    growth,
  }: { readonly strike: number; readonly price: number; readonly growth: number },
): number {
  return level / (points / growth - price);
}

interface HeldPut {
  readonly expiration: CalendarDate;
  readonly leg: ReferenceLeg;
  readonly contracts: number;
  /** Level and premium at the roll. */
  readonly bills: number;
  readonly rate: number;
  readonly since: CalendarDate;
}

/**
 * After PUT, the S&P 500 PutWrite Index: every month as many AM-settled puts, at the strike at or just under the index, as bills
 * at the expiration can pay for. Ours sells at the middle at the day's decision instead of an average from 11:30 on, and its bills
 * are of one rate.
 */
export function putRule(): ReferenceRule {
  const rolls: ReferenceRoll[] = [];
  let level = 100;
  let held: HeldPut | undefined;
  return {
    name: "put",
    rolls,
    step: (market, session) => {
      const view = market.view(session);
      if (held !== undefined) {
        const { expiration, leg, contracts, bills, rate, since } = held;
        const settlement =
          session < expiration ? undefined : market.settlement("SPX", expiration, session)?.value;
        const [marked] = worthOf(view, { root: "SPX", expiration }, [leg]) ?? [];
        const worth = settlement === undefined ? marked : payoffOf(leg, settlement);
        // Without a mark the level waits for one.
        if (worth === undefined) return level;
        level = bills * exp((rate * daysBetween(since, session)) / DAYS_A_YEAR) - contracts * worth;
        if (settlement !== undefined) held = undefined;
      }
      if (held === undefined) {
        held = sellPuts(view, session, level);
        if (held !== undefined) {
          const { expiration, leg, contracts } = held;
          rolls.push({ session, expiration, legs: [leg], contracts, level });
        }
      }
      return rolls.length > 0 ? level : undefined;
    },
  };
}

function sellPuts(view: MarketView, session: CalendarDate, level: number): HeldPut | undefined {
  const expiration = nextSpxMonthly(session);
  const slice = view.slice("SPX", expiration);
  if (slice === undefined) return undefined;
  const step = slice.strikeIncrement;
  const leg = legAt(slice, "put", strike(Math.max(Math.floor(view.spot / step), 1) * step));
  if (leg === undefined) return undefined;
  const rate = rateOf(slice);
  const growth = exp((rate * daysBetween(session, expiration)) / DAYS_A_YEAR);
  const contracts = coveredPuts(level, { strike: strikePoints(leg.strike), price: leg.price, growth });
  return {
    expiration,
    leg,
    contracts,
    bills: level + contracts * leg.price,
    rate,
    since: session,
  };
}

interface HeldCall {
  readonly expiration: CalendarDate;
  readonly leg: ReferenceLeg;
  /** Units of the index with a call sold on each. */
  readonly units: number;
  readonly spot: number;
  readonly since: CalendarDate;
}

/**
 * After BXM, the S&P 500 BuyWrite Index: the index with its dividends, and every month an AM-settled call on it at the strike at
 * or just over the index. Dividends come at the yield that forwards imply, and buy more of both.
 */
export function bxmRule(): ReferenceRule {
  const rolls: ReferenceRoll[] = [];
  let level = 100;
  let held: HeldCall | undefined;
  return {
    name: "bxm",
    rolls,
    step: (market, session) => {
      const view = market.view(session);
      const monthly = view.slice("SPX", nextSpxMonthly(session));
      if (held !== undefined) {
        const { expiration, leg, units, spot, since } = held;
        const settlement =
          session < expiration ? undefined : market.settlement("SPX", expiration, session)?.value;
        const [marked] = worthOf(view, { root: "SPX", expiration }, [leg]) ?? [];
        const worth = settlement === undefined ? marked : payoffOf(leg, settlement);
        if (worth === undefined) return level;
        const dividendYield = monthly === undefined ? 0 : dividendYieldOf(monthly, view.spot);
        const dividend = spot * (exp((dividendYield * daysBetween(since, session)) / DAYS_A_YEAR) - 1);
        level = units * (view.spot + dividend - worth);
        const renewed = level / (view.spot - worth);
        held =
          settlement === undefined ? { ...held, units: renewed, spot: view.spot, since: session } : undefined;
      }
      if (held === undefined && monthly !== undefined) {
        const step = monthly.strikeIncrement;
        const leg = legAt(monthly, "call", strike(Math.ceil(view.spot / step) * step));
        if (leg !== undefined) {
          const units = level / (view.spot - leg.price);
          const { expiration } = monthly;
          held = { expiration, leg, units, spot: view.spot, since: session };
          rolls.push({ session, expiration, legs: [leg], contracts: units, level });
        }
      }
      return rolls.length > 0 ? level : undefined;
    },
  };
}
