import {
  addDays,
  type CalendarDate,
  daysBetween,
  monthlySpxExpiration,
  type Slice,
  strike as strikeOf,
  yearOf,
} from "@steward/model";
import { boxQuote, strictLog as log, type PairedQuote } from "@steward/pricing";
import type { FillConfig } from "../config.ts";
import type { MarketView } from "../view.ts";

/** The loan that a short box of SPX options is: rates are continuously compounded decimals a year. */
export interface BoxTerms {
  readonly expiration: CalendarDate;
  readonly lower: number;
  readonly higher: number;
  /** What is paid, with what the fill is expected to give up. */
  readonly rate: number;
  /** Of the middle prices: the rate that the options imply. */
  readonly midRate: number;
}

/** A box that ends sooner is rolled before it has paid for its four legs. */
const LEAST_DAYS = 90;
/** Strikes about a tenth off the forward, on hundreds: where boxes trade. */
const DISTANCE = 0.1;
const GRID = 100;

/** The terms of a new box at the year-end monthly expiration of SPX; undefined where its legs are not quoted. */
export function boxTerms(view: MarketView, fills: FillConfig): BoxTerms | undefined {
  const session = view.session.date;
  const expiration = yearEnd(session);
  const slice = view.slice("SPX", expiration);
  if (slice === undefined) return undefined;
  const lower = Math.max(Math.round((slice.forward * (1 - DISTANCE)) / GRID) * GRID, GRID);
  const higher = Math.round((slice.forward * (1 + DISTANCE)) / GRID) * GRID;
  const [low, high] = [pairAt(slice, lower), pairAt(slice, higher)];
  if (low === undefined || high === undefined) return undefined;
  const years = daysBetween(session, expiration) / 365;
  const { ask, bid, width, midRate } = boxQuote(low, high, years);
  if (ask === undefined || bid === undefined || midRate === undefined) return undefined;
  const price = (ask + bid) / 2 - (fills.halfSpreadShare[4] * (ask - bid)) / 2;
  return price > 0 ? { expiration, lower, higher, rate: -log(price / width) / years, midRate } : undefined;
}

/** The next December's third Friday that is far enough ahead. */
function yearEnd(session: CalendarDate): CalendarDate {
  const year = yearOf(session);
  const own = monthlySpxExpiration(year, 12);
  return addDays(session, LEAST_DAYS) <= own ? own : monthlySpxExpiration(year + 1, 12);
}

function pairAt(slice: Slice, points: number): PairedQuote | undefined {
  const strike = strikeOf(points);
  const [call, put] = [slice.quote("call", strike), slice.quote("put", strike)];
  return (
    call && put && { strike: points, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask }
  );
}
