import type { Underlying, UnderlyingBook } from "./book.ts";

/** What secures an uncovered short option beside its premium: shares of the underlying's value, in percent. */
export interface UncoveredRate {
  /** Of the underlying's value, from which the out-of-the-money amount is taken. */
  readonly percent: number;
  /** At least this much of the underlying's value (call) or of the strike's (put). */
  readonly minimumPercent: number;
}

/** The parameters of strategy-based margin. `docs/margin.md` names the source of each and how sure it is. */
export interface MarginRules {
  /** A cash account borrows nothing: shorts are spreads paid for, puts secured by cash, or calls covered by shares. */
  readonly account: "margin" | "cash";
  readonly uncovered: Readonly<Record<Underlying, UncoveredRate>>;
  /** Underlyings on which a long option of a later expiration covers a short one. */
  readonly calendarOffsets: readonly Underlying[];
  /** What a long option that expires in more than nine months is paid to. */
  readonly longTermPercent: number;
  /** Of the distance of the strikes, for a long box of European options. */
  readonly longBoxPercent: number;
  /** Of the value of shares, long or short. */
  readonly sharesPercent: number;
}

const BROAD: UncoveredRate = { percent: 15, minimumPercent: 10 };
const EQUITY: UncoveredRate = { percent: 20, minimumPercent: 10 };

/**
 * What the exchange asks at least (Cboe rule 10.3, FINRA rule 4210(f)(2)). SPY counts as an index here, being a fund on a
 * broad one. The rate of VIX options is from memory: low confidence.
 */
export const exchangeMinimum: MarginRules = {
  account: "margin",
  uncovered: { SPX: BROAD, XSP: BROAD, SPY: BROAD, VIX: EQUITY },
  calendarOffsets: ["SPX", "XSP", "SPY", "VIX"],
  longTermPercent: 75,
  longBoxPercent: 50,
  sharesPercent: 50,
};

/**
 * What many brokers ask: SPY as any stock, and no offset between expirations of VIX options, which rest on different
 * futures. A house rule, dated 2026, from secondary sources and memory.
 */
export const typicalBroker: MarginRules = {
  ...exchangeMinimum,
  uncovered: { ...exchangeMinimum.uncovered, SPY: EQUITY },
  calendarOffsets: ["SPX", "XSP", "SPY"],
};

/** The same rules for an account that may not borrow. */
export function cashAccount(rules: MarginRules): MarginRules {
  return { ...rules, account: "cash", longTermPercent: 100, sharesPercent: 100 };
}

/** Everything on one underlying, and the rules that it is margined by. */
export interface MarginedBook extends UnderlyingBook {
  readonly rules: MarginRules;
}
