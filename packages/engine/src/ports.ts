import type { CalendarDate, Root, SeriesProvenance } from "@steward/model";
import type { MarketView } from "@steward/strategy";

/** The value on which an expiration settled. `approximated` where no official value is at hand; results say so. */
export interface SettlementValue {
  readonly value: number;
  readonly source: "official" | "approximated";
}

/** Where the kernel learns what the market does. Implementations live above this package. */
export interface Market {
  /** Sessions with data, ascending. */
  readonly sessions: readonly CalendarDate[];
  /** The view of one of `sessions`, holding nothing known later than its decision instant. */
  view(session: CalendarDate): MarketView;
  /**
   * The settlement of `expiration`, which fell on or before `session`; undefined where the data cannot say.
   * Asked only in the session in which it becomes known, so that it cannot leak.
   */
  settlement(root: Root, expiration: CalendarDate, session: CalendarDate): SettlementValue | undefined;
  /** Every series behind the views, with its source. */
  readonly provenance: readonly SeriesProvenance[];
}
