import {
  type Book,
  cashAccount,
  exchangeMinimum,
  legName,
  type MarginRules,
  type OptionHolding,
  optionValue,
  type PortfolioMarket,
  typicalBroker,
  type Underlying,
  underlyingOf,
} from "@steward/margin";
import { type CalendarDate, Failure, type Instant, instantAt, parseCalendarDate } from "@steward/model";
import { type MarginLeg, parseLeg } from "./margin-legs.ts";
import { parseDateOption } from "./sessions.ts";

/** The options of `steward margin` as they were typed. */
export interface MarginOptions {
  readonly spot: readonly string[];
  readonly iv?: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly vixFuture?: readonly string[];
  readonly on?: string;
  readonly broker: "exchange" | "typical";
  readonly cash?: boolean;
  readonly portfolio?: boolean;
  readonly equity?: number;
  readonly json?: boolean;
}

/** Where the prices of the legs are from; with `none` premiums count as nothing. */
export type PriceSource = "given" | "modelled" | "given and modelled" | "none";

/** A command line, read. */
export interface MarginRequest {
  readonly book: Book;
  readonly market: PortfolioMarket;
  readonly rules: MarginRules;
  readonly prices: PriceSource;
}

/** Reads legs and options; refuses what they do not say, naming the leg or the option. */
export function marginRequest(texts: readonly string[], options: MarginOptions, now: Instant): MarginRequest {
  if (texts.length === 0)
    throw new Failure("input.invalid", "expected legs, found none; see steward margin --help");
  const legs = texts.map(parseLeg);
  const market: PortfolioMarket = {
    at: options.on === undefined ? now : closeOf(options.on),
    spots: spotsOf(options.spot, legs),
    rate: options.rate,
    dividendYields: {
      SPX: options.dividendYield,
      XSP: options.dividendYield,
      SPY: options.dividendYield,
    },
    vixFutures: futuresOf(options.vixFuture ?? []),
  };
  const rules = options.broker === "typical" ? typicalBroker : exchangeMinimum;
  const prices = priceSource(legs, options);
  return {
    book: {
      options: legs.flatMap((leg) => (leg.kind === "option" ? [priced(leg, market, options.iv)] : [])),
      shares: legs.flatMap((leg) => (leg.kind === "shares" ? [{ underlying: "SPY", count: leg.count }] : [])),
    },
    market,
    rules: options.cash ? cashAccount(rules) : rules,
    prices,
  };
}

function closeOf(on: string): Instant {
  return instantAt(parseDateOption(on, "--on"), "16:00", "America/New_York");
}

/** All legs have prices, or none has: half the premiums would be worse than none. */
function priceSource(legs: readonly MarginLeg[], { iv, portfolio }: MarginOptions): PriceSource {
  const options = legs.filter((leg) => leg.kind === "option");
  const open = options.find(({ price }) => price === undefined);
  if (open === undefined) return "given";
  const isAnyGiven = options.some(({ price }) => price !== undefined);
  if (iv !== undefined) return isAnyGiven ? "given and modelled" : "modelled";
  if (!isAnyGiven && !portfolio) return "none";
  const leg = legName(open.contract);
  throw new Failure("input.invalid", `expected a price of ${leg}, as @25, or --iv, found neither`, {
    details: { leg },
  });
}

function priced(
  { contract, count, price }: Extract<MarginLeg, { kind: "option" }>,
  market: PortfolioMarket,
  volatility: number | undefined,
): OptionHolding {
  if (price !== undefined || volatility === undefined) return { contract, count, price: price ?? 0 };
  const spot = market.spots[underlyingOf(contract)];
  // A spot that is missing is refused with the book.
  if (spot === undefined) return { contract, count, price: 0 };
  const value = optionValue({ contract, spot, market }, volatility);
  // Whole cents, so that the table can be checked by hand.
  return { contract, count, price: Math.round(value * 100) / 100 };
}

function spotsOf(texts: readonly string[], legs: readonly MarginLeg[]): PortfolioMarket["spots"] {
  const held = new Set(legs.map((leg) => (leg.kind === "option" ? underlyingOf(leg.contract) : "SPY")));
  const spots: Partial<Record<Underlying, number>> = {};
  for (const text of texts) {
    const [, name, points] = /^(?:([A-Z]+)=)?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const [only] = held;
    const underlying = name ?? (held.size === 1 ? only : undefined);
    if (!isUnderlying(underlying) || !(Number(points) > 0)) throw spotRefusal(text, held);
    spots[underlying] = Number(points);
  }
  for (const underlying of held) if (spots[underlying] === undefined) throw spotRefusal("none", held);
  return spots;
}

function isUnderlying(name: string | undefined): name is Underlying {
  return name === "SPX" || name === "XSP" || name === "SPY" || name === "VIX";
}

function spotRefusal(found: string, held: ReadonlySet<Underlying>): Failure {
  const names = [...held].map((name) => `${name}=…`).join(" ");
  return new Failure("input.invalid", `expected --spot with points, ${names}, found ${found}`, {
    details: { option: "--spot" },
  });
}

function futuresOf(texts: readonly string[]): Readonly<Record<CalendarDate, number>> {
  const futures: Record<CalendarDate, number> = {};
  for (const text of texts) {
    const [, day = "", points] = /^(\d{4}-\d{2}-\d{2})=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const date = parseCalendarDate(day);
    if (date === undefined || !(Number(points) > 0))
      throw new Failure(
        "input.invalid",
        `expected --vix-future with date and points, 2026-02-18=19.5, found ${text}`,
      );
    futures[date] = Number(points);
  }
  return futures;
}
