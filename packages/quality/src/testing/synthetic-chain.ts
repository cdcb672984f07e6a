// A clean SPX chain from a surface without arbitrage: prices of the model inside bid and ask on the tick.

import {
  type CalendarDate,
  calendarDate,
  daysBetween,
  type Instant,
  instantAt,
  listedExpirations,
  type OptionRoot,
  previousSession,
  type QuoteFact,
  type Right,
  roundToTick,
  strike,
  tickSize,
} from "@steward/model";
import { blackPrice, normalCdf, strictExp, strictLog, vixReplication } from "@steward/pricing";
import { settlementInstant } from "../chain.ts";
import type { QualityContext } from "../context.ts";
import type { Carried } from "./fault-kind.ts";
import { seededUniform } from "./seeded-uniform.ts";

/** What a clean chain is made of. */
export interface SyntheticTerms {
  readonly session: CalendarDate;
  readonly time: string;
  readonly level: number;
  readonly volatility: number;
  /** Days within which every third listed expiration is taken, and further ones. */
  readonly days: readonly number[];
  /** Points between strikes near the money. */
  readonly step: number;
  readonly seed: number;
}

/** A clean snapshot, all context that a rule may want, and the model behind it. */
export interface SyntheticChain {
  readonly terms: SyntheticTerms;
  readonly at: Instant;
  readonly quotes: readonly QuoteFact[];
  readonly context: QualityContext;
  readonly forwards: ReadonlyMap<string, Carried>;
  readonly level: number;
}

const RATE = 0.045;
const DIVIDEND_YIELD = 0.016;
const MICROS_PER_MINUTE = 60_000_000;
const MICROS_PER_YEAR = 525_600 * MICROS_PER_MINUTE;

export const SMALL: SyntheticTerms = {
  session: calendarDate("2024-06-12"),
  time: "15:45",
  level: 5400,
  volatility: 0.15,
  days: [2, 9, 28, 33],
  step: 20,
  seed: 1,
};

export const MIDDLE: SyntheticTerms = {
  ...SMALL,
  days: [1, 2, 7, 9, 16, 28, 33, 64, 93, 191, 555],
  step: 10,
};

/** The chain of the terms. Same terms, same chain. */
export function syntheticChain(terms: SyntheticTerms): SyntheticChain {
  const at = instantAt(terms.session, terms.time, "America/New_York");
  const draw = seededUniform(terms.seed);
  const expirations = expirationsOf(terms);
  const forwards = new Map<string, Carried>();
  const quotes = expirations.flatMap(({ root, expiration }) => {
    const years = (settlementInstant(root, expiration) - at) / MICROS_PER_YEAR;
    const forward = terms.level * strictExp((RATE - DIVIDEND_YIELD) * years);
    const discountFactor = strictExp(-RATE * years);
    const slice = { forward, discountFactor, years, forwardError: 0, discountError: 0 };
    forwards.set(root + expiration, slice);
    return strikesOf(terms, years).flatMap((points) =>
      (["call", "put"] as const).map((right) =>
        quoteOf({ terms, at, root, expiration, points, right, slice, draw }),
      ),
    );
  });
  return { terms, at, quotes, forwards, level: terms.level, context: contextOf(terms, at, quotes) };
}

/** Total volatility of the surface (SSVI with the power law 1 / sqrt(theta): Gatheral and Jacquier 2014, section 4). */
export function totalVolatility(volatility: number, years: number, x: number): number {
  const theta = volatility * volatility * years;
  const phi = 0.9 / Math.sqrt(theta * (1 + theta));
  const rho = -0.6;
  const bend = phi * x + rho;
  return Math.sqrt(0.5 * theta * (1 + rho * phi * x + Math.sqrt(bend * bend + 1 - rho * rho)));
}

/** The market of a price: the ticks around it, a little wider the dearer the option. */
export function marketOf(
  root: OptionRoot,
  price: number,
  on: CalendarDate,
): { readonly bid: number; readonly ask: number } {
  const half = 0.03 + 0.004 * price + 0.002 * Math.min(price, 100);
  const under = Math.max(price - half, 0);
  const over = price + half;
  return {
    bid: roundToTick(under, tickSize(root, under, { on }), "down"),
    ask: roundToTick(over, tickSize(root, over, { on }), "up"),
  };
}

interface Listed {
  readonly root: OptionRoot;
  readonly expiration: CalendarDate;
}

function expirationsOf({ session, days }: SyntheticTerms): readonly Listed[] {
  const until = Math.max(...days) + 8;
  const listed = (["SPX", "SPXW"] as const).flatMap((root) =>
    listedExpirations(root, { from: session, to: calendarDate("2030-12-31") })
      .filter(({ expiration }) => daysBetween(session, expiration) <= until)
      .map(({ expiration }): Listed => ({ root, expiration })),
  );
  const wanted = days.flatMap((day) => {
    const at = listed.filter(({ expiration }) => daysBetween(session, expiration) >= day);
    const first = at.toSorted((a, b) => (a.expiration < b.expiration ? -1 : 1))[0];
    return first === undefined ? [] : listed.filter(({ expiration }) => expiration === first.expiration);
  });
  return [...new Set(wanted)].filter(({ root, expiration }) => root === "SPXW" || expiration !== session);
}

/** Near strikes every step, out to half and four thirds of the index every five steps. */
function strikesOf({ level, step, volatility }: SyntheticTerms, years: number): readonly number[] {
  const reach = Math.min(4 * volatility * Math.sqrt(years) + 0.02, 0.25);
  const strikes: number[] = [];
  const center = Math.round(level / (5 * step)) * 5 * step;
  for (
    let points = Math.ceil((0.5 * level) / (5 * step)) * 5 * step;
    points <= 1.33 * level;
    points += step
  ) {
    const isNear = Math.abs(points - center) <= reach * level;
    if (isNear || points % (5 * step) === 0) strikes.push(points);
  }
  return strikes;
}

interface QuoteTerms extends Listed {
  readonly terms: SyntheticTerms;
  readonly at: Instant;
  readonly points: number;
  readonly right: Right;
  readonly slice: Carried;
  readonly draw: () => number;
}

function quoteOf({ terms, at, root, expiration, points, right, slice, draw }: QuoteTerms): QuoteFact {
  const { forward, discountFactor, years } = slice;
  const x = strictLog(points / forward);
  const total = totalVolatility(terms.volatility, years, x);
  const price = blackPrice(right, forward, points, total, discountFactor);
  const d1 = -x / total + 0.5 * total;
  const { bid, ask } = marketOf(root, price, terms.session);
  return {
    occurredAt: (at - Math.floor(draw() * 5_000_000)) as Instant,
    knownAt: at,
    session: terms.session,
    underlying: "SPX",
    root,
    expiration,
    strike: strike(points),
    right,
    bid,
    ask,
    bidSize: bid > 0 ? 1 + Math.floor(draw() * 200) : 0,
    askSize: 1 + Math.floor(draw() * 200),
    volume: Math.floor(draw() * 500),
    openInterest: Math.floor(draw() * 5000),
    volatility: Math.round((total / Math.sqrt(years)) * 1e4) / 1e4,
    delta: Math.round((right === "call" ? normalCdf(d1) : -normalCdf(-d1)) * 1e4) / 1e4,
    underlyingPrice: terms.level,
  };
}

function contextOf(terms: SyntheticTerms, at: Instant, quotes: readonly QuoteFact[]): QualityContext {
  const prior = previousSession(terms.session);
  const priorAt = instantAt(prior, terms.time, "America/New_York");
  const publishedVix = vixOf(quotes, at);
  const earlier = (minutes: number, level: number): { at: Instant; level: number } => ({
    at: (at - minutes * MICROS_PER_MINUTE) as Instant,
    level,
  });
  return {
    now: (at + 1_000_000) as Instant,
    feed: "live",
    label: { time: terms.time, zone: "America/New_York" },
    level: terms.level,
    levels: [
      earlier(25, terms.level * 1.003),
      earlier(15, terms.level * 1.002),
      earlier(8, terms.level),
      earlier(0, terms.level),
    ],
    ...(publishedVix === undefined ? {} : { publishedVix }),
    previous: quotes.map((quote) => ({
      ...quote,
      occurredAt: (quote.occurredAt - MICROS_PER_MINUTE) as Instant,
      knownAt: (quote.knownAt - MICROS_PER_MINUTE) as Instant,
    })),
    priorSession: quotes.map((quote) => ({
      ...quote,
      session: prior,
      occurredAt: priorAt,
      knownAt: priorAt,
    })),
    secondSource: quotes,
    stored: quotes,
  };
}

/** The index that the chain's own strips make; undefined where the chain has no terms around 30 days. */
function vixOf(quotes: readonly QuoteFact[], at: Instant): number | undefined {
  const terms = [...Map.groupBy(quotes, ({ root, expiration }) => `${root} ${expiration}`).values()].flatMap(
    (rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      const minutes = (settlementInstant(first.root, first.expiration) - at) / MICROS_PER_MINUTE;
      const strikes = Map.groupBy(rows, (row) => row.strike);
      const pairs = [...strikes.entries()].flatMap(([value, both]) => {
        const call = both.find(({ right }) => right === "call");
        const put = both.find(({ right }) => right === "put");
        if (call === undefined || put === undefined) return [];
        return [
          { strike: value / 1000, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask },
        ];
      });
      return minutes > 23 * 1440 && minutes < 37 * 1440 ? [{ minutes, rate: RATE, quotes: pairs }] : [];
    },
  );
  const sorted = terms.toSorted((a, b) => a.minutes - b.minutes);
  const near = sorted.findLast(({ minutes }) => minutes <= 43_200);
  const next = sorted.find(({ minutes }) => minutes > 43_200);
  if (near === undefined || next === undefined) return undefined;
  const replication = vixReplication({ near, next });
  return replication.kind === "found" ? replication.vix : undefined;
}
