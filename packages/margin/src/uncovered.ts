import { type Money, strikePoints, toLedger, zeroMoney } from "@steward/model";
import { type Line, legName, strikeValue } from "./book.ts";
import { atLeastZero, isLongTerm, largest, lessMoney, percentOf } from "./exact.ts";
import type { MarginedBook, UncoveredRate } from "./rules.ts";

/** How one uncovered short contract of a margin account comes to its requirement; proceeds of its sale may be applied. */
export interface UncoveredTerms {
  readonly leg: string;
  readonly premium: Money;
  readonly rate: UncoveredRate;
  /** Of the underlying, for one contract. */
  readonly underlyingValue: Money;
  readonly outOfTheMoney: Money;
  /** Percentage of the underlying's value less the out-of-the-money amount. */
  readonly basic: Money;
  /** What the minimum is taken of: the underlying's value for a call, the strike's for a put. */
  readonly minimumOf: Money;
  readonly minimum: Money;
  /** Premium and the larger of `basic` and `minimum`. */
  readonly requirement: Money;
}

/** The requirement of one uncovered short contract (FINRA rule 4210(f)(2)(E), Cboe margin manual). */
export function uncoveredTerms(line: Line, { spot, underlying, rules }: MarginedBook): UncoveredTerms {
  const rate = rules.uncovered[underlying];
  const underlyingValue = toLedger(spot * line.multiplier);
  const isCall = line.contract.right === "call";
  const strike = strikeValue(line);
  const outOfTheMoney = atLeastZero(
    isCall ? lessMoney(strike, underlyingValue) : lessMoney(underlyingValue, strike),
  );
  const basic = lessMoney(percentOf(underlyingValue, rate.percent), outOfTheMoney);
  const minimumOf = isCall ? underlyingValue : strike;
  const minimum = percentOf(minimumOf, rate.minimumPercent);
  const requirement = (line.premium + largest(basic, minimum)) as Money;
  const { premium } = line;
  return {
    ...{ leg: legName(line.contract), premium, rate, underlyingValue, outOfTheMoney },
    ...{ basic, minimumOf, minimum, requirement },
  };
}

/** What one contract of a line needs alone, beyond what its sale brings. A short call of a cash account is priced out. */
export function aloneDeposit(line: Line, book: MarginedBook): Money {
  if (line.count > 0) return percentOf(line.premium, longPercent(line, book));
  if (book.rules.account === "margin") return lessMoney(uncoveredTerms(line, book).requirement, line.premium);
  if (line.contract.right === "put") return lessMoney(strikeValue(line), line.premium);
  // More than any group could need, so that a call stays alone only where nothing covers it.
  return toLedger(2 * (book.spot + strikePoints(line.contract.strike)) * line.multiplier);
}

/** What part of its price a long option is paid to. */
export function longPercent({ contract }: Line, { on, rules }: MarginedBook): number {
  return isLongTerm(contract.expiration, on) ? rules.longTermPercent : 100;
}

/** What a short contract over shares adds to them: shares are worth no more than the strike that they may be called at. */
export function coverCost(line: Line, book: MarginedBook): Money {
  // A cash account has paid for its shares, whatever a call over them is worth.
  return book.rules.account === "cash" ? zeroMoney : inTheMoney(line, book);
}

function inTheMoney(line: Line, { spot }: MarginedBook): Money {
  const beyond = lessMoney(toLedger(spot * line.multiplier), strikeValue(line));
  return atLeastZero(line.contract.right === "call" ? beyond : lessMoney(zeroMoney, beyond));
}
