import type { CalendarDate } from "./calendar-date.ts";
import type { Right, Strike } from "./contract.ts";
import type { Instant } from "./instant.ts";

/** What every stored fact says of time: when it happened, and when anybody outside could first know it. */
export interface FactTimes {
  readonly occurredAt: Instant;
  readonly knownAt: Instant;
}

/** One option's best bid and ask at an instant, with what the vendor tells beside it. Prices in points of the underlying. */
export interface QuoteFact extends FactTimes {
  readonly session: CalendarDate;
  /** What the options are written on: `SPX`, `VIX`, `SPY`. */
  readonly underlying: string;
  /** First field of the OSI key: SPX and SPXW share an underlying. */
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly strike: Strike;
  readonly right: Right;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize?: number | undefined;
  readonly askSize?: number | undefined;
  readonly last?: number | undefined;
  /** Contracts since the opening. */
  readonly volume?: number | undefined;
  /** Contracts open since the night before. */
  readonly openInterest?: number | undefined;
  /** The vendor's own implied volatility, a decimal. */
  readonly volatility?: number | undefined;
  readonly delta?: number | undefined;
  readonly gamma?: number | undefined;
  readonly vega?: number | undefined;
  readonly theta?: number | undefined;
  readonly rho?: number | undefined;
  /** Of the same instant, in points. */
  readonly underlyingPrice?: number | undefined;
}

/** What a vendor may tell of a quote beside bid and ask. */
export type QuoteMeasure = Exclude<
  keyof QuoteFact,
  keyof FactTimes | "session" | "underlying" | "root" | "expiration" | "strike" | "right" | "bid" | "ask"
>;

/** All of them, in the order in which they are stored. */
export const QUOTE_MEASURES: readonly QuoteMeasure[] = [
  "bidSize",
  "askSize",
  "last",
  "volume",
  "openInterest",
  "volatility",
  "delta",
  "gamma",
  "vega",
  "theta",
  "rho",
  "underlyingPrice",
];

/** One session of an index, a fund or a coin; `occurredAt` is its close. */
export interface BarFact extends FactTimes {
  /** The vendor's symbol without its ornaments: `SPX`, `VIX9D`, `SPY`. */
  readonly series: string;
  readonly session: CalendarDate;
  readonly open?: number | undefined;
  readonly high?: number | undefined;
  readonly low?: number | undefined;
  readonly close: number;
  readonly volume?: number | undefined;
  /** The close with later dividends taken out: a number that changes with every dividend. */
  readonly adjustedClose?: number | undefined;
}

/** One session of one future, in points of today's contract: VIX futures before 2007-03-26 are divided by ten. */
export interface FutureFact extends FactTimes {
  /** Code of the future: `VX`. */
  readonly product: string;
  readonly expiration: CalendarDate;
  readonly session: CalendarDate;
  readonly open?: number | undefined;
  readonly high?: number | undefined;
  readonly low?: number | undefined;
  readonly close?: number | undefined;
  readonly settle?: number | undefined;
  readonly volume?: number | undefined;
  readonly openInterest?: number | undefined;
}

/** One value of a series that is revised: a rate, a price index, a breadth count. `occurredAt` is the end of its period. */
export interface ObservationFact extends FactTimes {
  /** The publisher's identifier: `CPIAUCSL`, `DGS10`. */
  readonly series: string;
  /** First day of what it measures: the month of a monthly series, the day of a daily one. */
  readonly period: CalendarDate;
  /** In the publisher's unit; percent stays percent. */
  readonly value: number;
}

/** A dated event and what was known of it; moved or cancelled, it is a new fact of the same reference. */
export interface EventFact extends FactTimes {
  /** `fomc`, `cpi`, `ppi`, `jobs`, `closure`, `early-close`. */
  readonly kind: string;
  /** Which one: the month of a release, the date first planned of a meeting, the date of a closure. */
  readonly reference: string;
  /** Where it is to take place. */
  readonly date: CalendarDate;
  readonly status: "scheduled" | "cancelled";
  readonly note?: string | undefined;
}

/** One number of a company's filing; `knownAt` is when it was filed. */
export interface FilingFact extends FactTimes {
  /** Central Index Key, ten digits. */
  readonly entity: string;
  /** `us-gaap/Assets`. */
  readonly concept: string;
  readonly unit: string;
  /** Missing where the number is of a day. */
  readonly start?: CalendarDate | undefined;
  readonly end: CalendarDate;
  readonly value: number;
  readonly form: string;
  readonly accession: string;
}

/** Every kind of fact by the name of its table. */
export interface Facts {
  readonly quotes: QuoteFact;
  readonly bars: BarFact;
  readonly futures: FutureFact;
  readonly observations: ObservationFact;
  readonly events: EventFact;
  readonly filings: FilingFact;
}

/** The kinds of facts. */
export type FactTable = keyof Facts;
