// What the kernel asks of the world. Implementations live above this package, but for the venue that fills at quotes.

import type { CalendarDate, Root, SeriesProvenance } from "@steward/model";
import type { Intent, MarketView } from "@steward/strategy";
import type { Execution, LedgerEvent } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import type { SettlementValue } from "./settlement-value.ts";

/** Shares of an underlying that is delivered, in one session: dollars a share. */
export interface SharePrices {
  readonly open: number;
  readonly close: number;
  /** Paid to whoever held the share at the close before; 0 on most days. */
  readonly dividend: number;
}

/** Where the kernel learns what the market does. */
export interface Market {
  /** Sessions with data, ascending. */
  readonly sessions: readonly CalendarDate[];
  /** The view of one of `sessions`, holding nothing known later than its decision instant. */
  view(session: CalendarDate): MarketView;
  /**
   * The settlement of `expiration`, which fell on or before `session`; undefined where the data cannot say. Of options that are
   * delivered it is the close that decides on exercise. Asked only in the session in which it becomes known, so that it cannot leak.
   */
  settlement(root: Root, expiration: CalendarDate, session: CalendarDate): SettlementValue | undefined;
  /** The shares that options of a root deliver; undefined where they deliver cash or the data cannot say. */
  shares(root: Root, session: CalendarDate): SharePrices | undefined;
  /** Every series behind the views, with its source. */
  readonly provenance: readonly SeriesProvenance[];
}

/** Where orders go. A backtest and paper fill at quotes, live asks a broker; the kernel does not know which. */
export interface Venue {
  /** What becomes of an order in the market that the view shows. */
  execute(ledger: Ledger, intent: Intent, view: MarketView): Execution;
}

/** Where events are written as they happen, before anything acts on them. */
export interface Journal {
  append(event: LedgerEvent): void;
}
