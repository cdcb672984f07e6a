// Real quotes beside the model: chains as they stood near the close of a session, by session, root and expiration.

import {
  type CalendarDate,
  type Instant,
  type OptionRoot,
  type SeriesSource,
  sessionOf,
} from "@steward/model";

/** One right's quotes of an expiration: equal lengths, strikes ascending, prices in points. */
export interface QuotedSide {
  /** Thousandths of a point. */
  readonly strikes: Int32Array;
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  /** Contracts; NaN or 0 where the vendor says none, left out where it never does. */
  readonly bidSizes?: Float64Array;
  readonly askSizes?: Float64Array;
}

/** The quotes of one root and one expiration at one instant near the close of a session. */
export interface QuotedExpiration {
  readonly session: CalendarDate;
  readonly occurredAt: Instant;
  readonly root: OptionRoot;
  readonly expiration: CalendarDate;
  readonly calls: QuotedSide;
  readonly puts: QuotedSide;
}

/** Real chains that replace modelled ones, expiration by expiration. */
export interface SuppliedQuotes {
  readonly expirations: readonly QuotedExpiration[];
  readonly source: SeriesSource;
  /** Whose they are; shown in the provenance. */
  readonly detail: string;
}

/** Finds the quotes of an expiration in a session. */
export type QuotesBySession = (
  session: CalendarDate,
  root: string,
  expiration: CalendarDate,
) => QuotedExpiration | undefined;

/** How long before the close quotes still stand for it: half an hour, since many vendors take their picture at 15:45. */
const EARLIEST_MINUTES_BEFORE_CLOSE = 30;

/** From when to when the quotes of a session may stand in for those of its decision: both ends included. */
export function closingQuotes(
  session: CalendarDate,
): { readonly from: Instant; readonly to: Instant } | undefined {
  const hours = sessionOf(session);
  if (hours === undefined) return undefined;
  const from = (hours.close - EARLIEST_MINUTES_BEFORE_CLOSE * 60_000_000) as Instant;
  return { from, to: hours.optionsClose };
}

/** The quotes by session, root and expiration; those that stood at another time of the day are left out. */
export function quotesBySession(options: SuppliedQuotes | undefined): QuotesBySession {
  const found = new Map(
    closing(options).map((each) => [`${each.session} ${each.root} ${each.expiration}`, each]),
  );
  return (session, root, expiration) => found.get(`${session} ${root} ${expiration}`);
}

/** The sessions in which a root has quotes near the close, by root in the order of their names. */
export function quotedSessions(
  options: SuppliedQuotes | undefined,
): ReadonlyMap<OptionRoot, ReadonlySet<CalendarDate>> {
  const byRoot = Map.groupBy(closing(options), ({ root }) => root);
  const sorted = [...byRoot].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return new Map(sorted.map(([root, each]) => [root, new Set(each.map(({ session }) => session))]));
}

function closing(options: SuppliedQuotes | undefined): readonly QuotedExpiration[] {
  return (options?.expirations ?? []).filter(({ session, occurredAt }) => {
    const hours = closingQuotes(session);
    return hours !== undefined && occurredAt >= hours.from && occurredAt <= hours.to;
  });
}
