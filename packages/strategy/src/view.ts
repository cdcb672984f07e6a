import type { CalendarDate, Root, SeriesSource, Session, Slice } from "@steward/model";

/** A number with its source, known at the session's decision instant. */
export interface Reading {
  readonly value: number;
  readonly source: SeriesSource;
}

/** The volatility family in index points (18.0 is 18 %) and realized volatility as a decimal. */
export interface VolatilityReadings {
  readonly vix9d: Reading;
  readonly vix: Reading;
  readonly vix3m: Reading;
  readonly vix6m: Reading;
  readonly vvix: Reading;
  /** Standard deviation of the last 20 log returns, times √252: a decimal. */
  readonly realized20: Reading;
}

/** What money costs and what the index pays, continuously compounded decimals a year. */
export interface CarryReadings {
  readonly rate: Reading;
  /** Dividends of the last twelve months over the index. */
  readonly dividendYield: Reading;
}

/** A release or a meeting that lies ahead: `fomc`, `cpi`, `ppi`, `jobs` and others. */
export interface UpcomingEvent {
  readonly kind: string;
  readonly date: CalendarDate;
}

/** What is known at the decision instant of one session, and nothing else. Rules read a view and nothing but a view. */
export interface MarketView {
  readonly session: Session;
  /** The underlying's last official value: at the decision instant the index print is frozen at the close. */
  readonly spot: number;
  /** Undefined while a series is warming up; a rule then abstains with a reason. */
  readonly volatility: VolatilityReadings | undefined;
  readonly carry: CarryReadings;
  /** One expiration's quotes, or undefined where there is none (not listed, or no data). */
  slice(root: Root, expiration: CalendarDate): Slice | undefined;
  /** Releases and meetings scheduled after this session and up to a date, as known at the decision. */
  eventsUntil(date: CalendarDate): readonly UpcomingEvent[];
  /** The last date of a kind of event that is known; undefined where no calendar of it is. */
  eventReach(kind: string): CalendarDate | undefined;
}
