// Double entry: what every event moves between the accounts of a ledger, in integers whose sum is zero.

import { addMoney, type Money, negateMoney, zeroMoney } from "@steward/model";

/**
 * The accounts of a ledger. Assets and expenses are positive, what they came from negative: `cash` is what is there, `options`
 * and `shares` are what open lots have cost, `capital` is the start with its sign turned, `realized` a gain with its sign turned,
 * `fees` and `interest` what was paid.
 */
export const LEDGER_ACCOUNTS = [
  "capital",
  "cash",
  "options",
  "shares",
  "realized",
  "fees",
  "interest",
] as const;

/** The name of an account. */
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** What stands on every account; the sum is zero. */
export type Balances = Readonly<Record<LedgerAccount, Money>>;

/** Amounts to be added to some accounts; their sum is zero. Capital does not move. */
export type Posting = Readonly<Partial<Record<Exclude<LedgerAccount, "capital">, Money>>>;

/** The accounts of a fresh ledger. */
export function openBalances(start: Money): Balances {
  return {
    capital: negateMoney(start),
    cash: start,
    options: zeroMoney,
    shares: zeroMoney,
    realized: zeroMoney,
    fees: zeroMoney,
    interest: zeroMoney,
  };
}

/** The balances after postings. */
export function post(balances: Balances, ...postings: readonly Posting[]): Balances {
  const after = { ...balances };
  for (const posting of postings) {
    if (posting.cash !== undefined) after.cash = addMoney(after.cash, posting.cash);
    if (posting.options !== undefined) after.options = addMoney(after.options, posting.options);
    if (posting.shares !== undefined) after.shares = addMoney(after.shares, posting.shares);
    if (posting.realized !== undefined) after.realized = addMoney(after.realized, posting.realized);
    if (posting.fees !== undefined) after.fees = addMoney(after.fees, posting.fees);
    if (posting.interest !== undefined) after.interest = addMoney(after.interest, posting.interest);
  }
  return after;
}

/** Cash that comes in (or goes, where negative) against an account. */
export function cashAgainst(account: "options" | "shares" | "fees" | "interest", cash: Money): Posting {
  return { cash, [account]: negateMoney(cash) };
}

/** The end of what a lot has held at cost: a gain is what came in beyond what went out. */
export function realize({ options, shares }: Pick<Balances, "options" | "shares">): Posting {
  return {
    options: negateMoney(options),
    shares: negateMoney(shares),
    realized: addMoney(options, shares),
  };
}

/** What postings leave over: zero, or a bug. */
export function imbalanceOf(balances: Balances): Money {
  return addMoney(...LEDGER_ACCOUNTS.map((account) => balances[account]));
}
