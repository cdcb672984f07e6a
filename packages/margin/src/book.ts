import {
  type CalendarDate,
  contractId,
  Failure,
  type Instant,
  type Money,
  multiplyMoney,
  type OptionContract,
  type RootSpec,
  rootSpec,
  strikePoints,
  toLedger,
  wallClock,
} from "@steward/model";

/** What options and shares are margined by: positions on one offset one another. */
export type Underlying = RootSpec["underlying"];

/** Options of one series: a signed whole count, positive long, and the price of one in points. */
export interface OptionHolding {
  readonly contract: OptionContract;
  readonly count: number;
  readonly price: number;
}

/** Shares held (positive) or sold short, at the spot. */
export interface ShareHolding {
  readonly underlying: "SPY";
  readonly count: number;
}

/** What an account holds. The order does not matter; a series may come more than once, at one price. */
export interface Book {
  readonly options: readonly OptionHolding[];
  readonly shares?: readonly ShareHolding[];
}

/** When the requirement is computed, and where the underlyings stand then, in points. */
export interface MarginMarket {
  readonly at: Instant;
  readonly spots: Readonly<Partial<Record<Underlying, number>>>;
}

/** Options of one series after all holdings of it were netted. */
export interface Line {
  readonly contract: OptionContract;
  /** Signed, never zero. */
  readonly count: number;
  /** Points. */
  readonly price: number;
  /** Of one contract. */
  readonly premium: Money;
  /** Dollars per point. */
  readonly multiplier: number;
  /** Sorts by when the contract dies: AM before PM of the same date. */
  readonly death: string;
}

/** Everything on one underlying. */
export interface UnderlyingBook {
  readonly underlying: Underlying;
  readonly spot: number;
  readonly on: CalendarDate;
  /** By contract id. */
  readonly lines: readonly Line[];
  readonly shares: number;
}

/** New York time. */
const OPENING = "09:30";

const LARGEST_BOOK = 4_000_000_000;

/** A book by underlying, in the order of their names. Refuses counts, prices, dates and spots that cannot be, naming the leg. */
export function byUnderlying(book: Book, { at, spots }: MarginMarket): readonly UnderlyingBook[] {
  const on = wallClock(at, "America/New_York").date;
  const lines = nettedLines(book.options, at);
  const shares = new Map<Underlying, number>();
  for (const { underlying, count } of book.shares ?? []) {
    requireCount(count, `shares of ${underlying}`);
    shares.set(underlying, (shares.get(underlying) ?? 0) + count);
  }
  requireFitting(lines, shares, spots);
  const underlyings = new Set([...lines.map(({ contract }) => underlyingOf(contract)), ...shares.keys()]);
  return [...underlyings]
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((underlying) => ({
      underlying,
      spot: requireSpot(underlying, spots[underlying]),
      on,
      lines: lines.filter(({ contract }) => underlyingOf(contract) === underlying),
      shares: shares.get(underlying) ?? 0,
    }));
}

/** What the contract is written on. */
export function underlyingOf({ root }: OptionContract): Underlying {
  return rootSpec(root).underlying;
}

/** The value of one point of a strike for one contract, exactly. */
export function strikeValue({ contract, multiplier }: Line): Money {
  // Strikes are whole thousandths of a point, a thousandth of a dollar is a thousand micro-dollars.
  return multiplyMoney((contract.strike * 1000) as Money, multiplier);
}

/** A leg as messages and tables name it. */
export function legName({ root, expiration, right, strike }: OptionContract): string {
  return `${root} ${expiration} ${right === "call" ? "C" : "P"} ${strikePoints(strike)}`;
}

function nettedLines(holdings: readonly OptionHolding[], at: Instant): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { contract, count, price } of holdings) {
    const leg = legName(contract);
    requireCount(count, leg);
    requirePrice(price, leg);
    requireAlive(contract, at);
    const id = contractId(contract);
    const held = lines.get(id);
    if (held !== undefined && held.price !== price)
      throw refusal(leg, `expected one price for ${leg}, found ${held.price} and ${price}`);
    lines.set(id, lineOf(contract, (held?.count ?? 0) + count, price));
  }
  return [...lines.entries()]
    .filter(([, { count }]) => count !== 0)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, line]) => line);
}

function lineOf(contract: OptionContract, count: number, price: number): Line {
  const { multiplier, fixing } = rootSpec(contract.root);
  const premium = toLedger(price * multiplier);
  return { contract, count, price, premium, multiplier, death: `${contract.expiration} ${fixing}` };
}

function requireCount(count: number, leg: string): void {
  if (Number.isSafeInteger(count) && count !== 0) return;
  throw refusal(leg, `expected a whole count of ${leg}, long or short, found ${count}`);
}

/** All that a book can lose must fit the ledger, which ends at nine billion dollars. */
function requireFitting(
  lines: readonly Line[],
  shares: ReadonlyMap<Underlying, number>,
  spots: MarginMarket["spots"],
): void {
  const inShares = [...shares].reduce(
    (sum, [underlying, count]) => sum + Math.abs(count) * (spots[underlying] ?? 0),
    0,
  );
  const dollars = lines.reduce(
    (sum, { contract, count, price, multiplier }) =>
      sum + Math.abs(count) * multiplier * (strikePoints(contract.strike) + price),
    inShares,
  );
  if (dollars <= LARGEST_BOOK) return;
  throw new Failure(
    "input.invalid",
    `expected strikes, prices and shares of at most $${LARGEST_BOOK}, found $${Math.round(dollars)}`,
  );
}

function requirePrice(price: number, leg: string): void {
  if (Number.isFinite(price) && price >= 0 && price < 1e6) return;
  throw refusal(leg, `expected a price of ${leg} in points, from 0 up, found ${price}`);
}

/** An option that settles on the opening is none any more from then on. */
function requireAlive(contract: OptionContract, at: Instant): void {
  const { date: on, time } = wallClock(at, "America/New_York");
  const isFixed = contract.expiration === on && rootSpec(contract.root).fixing === "am" && time >= OPENING;
  if (contract.expiration >= on && !isFixed) return;
  const leg = legName(contract);
  throw refusal(leg, `expected ${leg} to expire after ${on} ${time.slice(0, 5)}, found it expired`);
}

function requireSpot(underlying: Underlying, spot: number | undefined): number {
  if (spot !== undefined && spot > 0 && spot < 1e6) return spot;
  throw new Failure("input.invalid", `expected a spot of ${underlying} in points, found ${spot ?? "none"}`, {
    details: { underlying },
  });
}

function refusal(leg: string, message: string): Failure {
  return new Failure("input.invalid", message, { details: { leg } });
}
