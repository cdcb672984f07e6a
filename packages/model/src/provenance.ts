import type { CalendarDate } from "./calendar-date.ts";

/** Whence a series comes. `modelled` values are ours, not the market's, and are labelled wherever they are shown. */
export type SeriesSource = "bundled" | "downloaded" | "imported" | "modelled";

/** One row of a result's provenance. */
export interface SeriesProvenance {
  /** What the series is, e.g. `spx`, `vix9d`, `spxw-options`. */
  readonly series: string;
  readonly source: SeriesSource;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** File, package, or model with its version; for modelled series also the error that we measured. */
  readonly detail: string;
}
