// What is known beside the rows. All of it is optional: a rule without its context abstains.

import type { BarFact, CalendarDate, Instant, QuoteFact, Zone } from "@steward/model";

/** The index at a moment, in points. */
export interface LevelAt {
  readonly at: Instant;
  readonly level: number;
}

/** What may be known beside a snapshot. */
export interface QualityContext {
  /** The moment of judgment; absent for stored history. */
  readonly now?: Instant | undefined;
  /** What the feed says of itself. */
  readonly feed?: "live" | "delayed" | undefined;
  /** When the snapshot was taken by its label, on the wall: `15:45` in New York. */
  readonly label?: { readonly time: string; readonly zone: Zone } | undefined;
  /** The index at the snapshot, in points; without it the rows' own underlying price counts. */
  readonly level?: number | undefined;
  /** The index's bar of the snapshot's session. */
  readonly bar?: BarFact | undefined;
  /** The index over the half hour before `now`, oldest first. */
  readonly levels?: readonly LevelAt[] | undefined;
  /** Futures by the expiration of the options: what VIX options are written on. */
  readonly futures?: ReadonlyMap<CalendarDate, number> | undefined;
  /** The published VIX at the snapshot, in volatility points. */
  readonly publishedVix?: number | undefined;
  /** The feed's snapshot before this one, of the same session. */
  readonly previous?: readonly QuoteFact[] | undefined;
  /** The snapshot of the session before. */
  readonly priorSession?: readonly QuoteFact[] | undefined;
  /** Another source's snapshot of the same moment. */
  readonly secondSource?: readonly QuoteFact[] | undefined;
  /** What is already stored of this snapshot. */
  readonly stored?: readonly QuoteFact[] | undefined;
  /** The symbol that the source wrote beside the row's columns, a 21-character OSI key. */
  readonly symbolOf?: ((quote: QuoteFact) => string | undefined) | undefined;
}

/** What rules of a row know, with what they remember of dates so that a million rows a second stay possible. */
export interface RowContext {
  readonly now: Instant | undefined;
  readonly symbolOf: ((quote: QuoteFact) => string | undefined) | undefined;
  readonly validDates: Map<string, boolean>;
  /** By root, then by expiration: undefined is listed, a text is why not. */
  readonly listings: Map<string, Map<string, string | undefined>>;
  /** By session: when options trade. */
  readonly hours: Map<string, TradingHours | undefined>;
  /** By root, then by expiration: the last trading instant. */
  readonly lastTrading: Map<string, Map<string, number | undefined>>;
}

/** From when to when options trade on a date. */
export interface TradingHours {
  readonly open: number;
  readonly close: number;
}

/** A fresh memory for one import or one snapshot. */
export function rowContext(known: Pick<QualityContext, "now" | "symbolOf"> = {}): RowContext {
  return {
    now: known.now,
    symbolOf: known.symbolOf,
    validDates: new Map(),
    listings: new Map(),
    hours: new Map(),
    lastTrading: new Map(),
  };
}
