import { type CalendarDate, daysBetween, type Money, strike, toLedger, toModel } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";
import {
  type BoxTerms,
  boxTerms,
  type MarketView,
  OPTION_MULTIPLIER,
  type QuotedLeg,
  type StrategyConfig,
} from "@steward/strategy";
import type { InterestEvent } from "./events.ts";
import { orderFees } from "./fees.ts";
import type { Unplaced } from "./settling.ts";

/** A loan that charges interest session by session. */
export interface Loan {
  /** What is owed since the session before; undefined on the day on which it is taken, and while no chain implies a rate. */
  readonly charge: (view: MarketView) => Unplaced<InterestEvent> | undefined;
}

interface Box extends BoxTerms {
  readonly openedOn: CalendarDate;
  readonly chargedUntil: CalendarDate;
}

/**
 * Borrows by short SPX boxes, one after another. A box pays back what it brought, grown at its rate; the growth of each session is
 * charged at once, so that what was borrowed is all that is left to pay when it ends, and the next box borrows that. Rates are fixed
 * while a box lasts; where no chain implies a new one, the old rate goes on.
 */
export function boxLoan(borrowed: Money, costs: BoxCosts): Loan {
  let box: Box | undefined;
  return {
    charge: (view) => {
      const session = view.session.date;
      const before = box;
      if (before === undefined || before.expiration <= session)
        box = openBox(view, costs) ?? (before && { ...before, chargedUntil: session });
      else box = { ...before, chargedUntil: session };
      return before && interestOf(before, session, { borrowed, bills: view.carry.rate.value });
    },
  };
}

/** What a box costs besides its rate. */
type BoxCosts = Pick<StrategyConfig, "fills" | "fees">;

/** The terms of a new box after the fees of its four legs, which are charged where it is opened and not where it settles. */
export function boxOffer(view: MarketView, { fills, fees }: BoxCosts): BoxTerms | undefined {
  const terms = boxTerms(view, fills);
  const legs = terms && shortBox(view, terms);
  if (terms === undefined || legs === undefined) return undefined;
  const on = view.session.date;
  const years = daysBetween(on, terms.expiration) / 365;
  const width = terms.higher - terms.lower;
  const { total } = orderFees({ legs, quantity: 1, effect: "open", on }, fees);
  const left = width * exp(-terms.rate * years) + toModel(total) / OPTION_MULTIPLIER;
  return left > 0 ? { ...terms, rate: -log(left / width) / years } : undefined;
}

function shortBox(
  view: MarketView,
  { expiration, lower, higher }: BoxTerms,
): readonly QuotedLeg[] | undefined {
  const legs: QuotedLeg[] = [];
  for (const [right, points, ratio] of [
    ["call", lower, -1],
    ["put", lower, 1],
    ["call", higher, 1],
    ["put", higher, -1],
  ] as const) {
    const quote = view.slice("SPX", expiration)?.quote(right, strike(points));
    if (quote === undefined) return undefined;
    legs.push({
      leg: { contract: { root: "SPX", expiration, right, strike: strike(points) }, ratio },
      quote,
    });
  }
  return legs;
}

function openBox(view: MarketView, costs: BoxCosts): Box | undefined {
  const terms = boxOffer(view, costs);
  const { date } = view.session;
  return terms && { ...terms, openedOn: date, chargedUntil: date };
}

function interestOf(
  { rate, openedOn, chargedUntil, expiration }: Box,
  session: CalendarDate,
  { borrowed, bills }: { readonly borrowed: Money; readonly bills: number },
): Unplaced<InterestEvent> {
  const grown = (until: CalendarDate): number => exp((rate * daysBetween(openedOn, until)) / 365);
  const owed = toModel(borrowed) * (grown(session) - grown(chargedUntil));
  const days = daysBetween(chargedUntil, session);
  return { kind: "interest", cash: toLedger(-owed), borrowed, rate, bills, days, until: expiration };
}
