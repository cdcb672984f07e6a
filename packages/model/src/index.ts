export type { Brand } from "./brand.ts";
export {
  addDays,
  type CalendarDate,
  calendarDate,
  dayOf,
  daysBetween,
  fromDayNumber,
  monthOf,
  parseCalendarDate,
  toDayNumber,
  type Weekday,
  weekday,
  yearOf,
} from "./calendar-date.ts";
export {
  type Closure,
  type Confidence,
  closureOf,
  type EarlyClose,
  earlyCloseOf,
  type IrregularSession,
  irregularSessionOf,
  type SpecialClosure,
  specialClosures,
} from "./closures.ts";
export {
  type ContractId,
  contractId,
  isSameContract,
  type Leg,
  type OptionContract,
  parseContractId,
  type Right,
  type Strike,
  type Structure,
  strike,
  strikePoints,
} from "./contract.ts";
export type { Download } from "./download.ts";
export {
  type Expiration,
  isListedExpiration,
  isMonthlyVixExpiration,
  listedExpirations,
  monthlySpxExpiration,
  monthlyVixExpiration,
  nextVixExpirations,
  thirdFriday,
  vixExpirations,
} from "./expirations.ts";
export {
  type BarFact,
  type EventFact,
  type Facts,
  type FactTable,
  type FactTimes,
  type FilingFact,
  type FutureFact,
  type ObservationFact,
  QUOTE_MEASURES,
  type QuoteFact,
} from "./facts.ts";
export { Failure, type FailureCode, type FailureOptions } from "./failure.ts";
export { formatInstant, type Instant, instantAt, type WallClock, wallClock, type Zone } from "./instant.ts";
export { assert, assertNever, InvariantError } from "./invariant.ts";
export {
  everyWeekdaySince,
  type ListingCycle,
  type ListingRule,
  listingRules,
  spxwListings,
} from "./listings.ts";
export { addMoney, type Money, multiplyMoney, negateMoney, toLedger, toModel, zeroMoney } from "./money.ts";
export type { SeriesProvenance, SeriesSource } from "./provenance.ts";
export { halfSpread, mid, type Quote } from "./quote.ts";
export {
  isOptionRoot,
  lastTradingInstant,
  type OptionRoot,
  type Root,
  type RootSpec,
  rootSpec,
  roundToTick,
  type SettlementKind,
  type TickContext,
  tickSize,
} from "./roots.ts";
export type { DailyValue, FutureSettlement, IndexBar } from "./series.ts";
export {
  calendarRange,
  countSessions,
  type DateRange,
  isLastSessionBefore,
  isPlannedSession,
  isSession,
  nextSession,
  plannedNextSession,
  plannedSessionAfter,
  previousSession,
  type Session,
  sessionOf,
  sessionsBetween,
} from "./session.ts";
export { type OfficialSettlement, officialSettlement } from "./settlement-values.ts";
export type { Mark, Slice } from "./slice.ts";
export { type ShareDividend, SPY_DIVIDENDS } from "./spy-dividends.ts";
