// Generated chains, as many sessions of them as wanted: SPX and SPXW, 20,000 contracts a session with every measure that a
// vendor may tell, prices and Greeks of a smile.

import {
  type CalendarDate,
  calendarDate,
  calendarRange,
  daysBetween,
  type Instant,
  monthOf,
  type QuoteFact,
  sessionOf,
  sessionsBetween,
  strike,
  thirdFriday,
  yearOf,
} from "@steward/model";
import { CALL, europeanGreeksBatch, PUT } from "@steward/pricing";
import { type Draw, drawFrom } from "./samples.ts";

const STRIKES = 250;

/** In sessions: expirations on the next twenty days, then weekly, then about monthly to 14 months. */
const EXPIRATIONS = Array.from({ length: 40 }, (_, i) => {
  if (i < 20) return i + 1;
  return i < 30 ? 20 + 5 * (i - 19) : 70 + 21 * (i - 29);
});

/** Contracts of a session. */
export const CHAIN_ROWS = EXPIRATIONS.length * STRIKES * 2;

const SESSIONS = sessionsBetween(calendarDate("2018-01-02"), calendarRange.to);

/** The date of the session of a number from 0. */
export function sessionNumber(number: number): CalendarDate {
  const session = SESSIONS[number];
  if (session === undefined) throw new Error(`expected one of ${SESSIONS.length} sessions, found ${number}`);
  return session;
}

/** The chain at the close of the session of a number, in the order of the store's key. */
export function chain(number: number): readonly QuoteFact[] {
  const draw = drawFrom(number);
  const session = sessionNumber(number);
  const occurredAt = sessionOf(session)?.optionsClose ?? (0 as Instant);
  const spot = Math.round(draw(4000, 5000) * 100) / 100;
  const options = EXPIRATIONS.flatMap((ahead) => strikesOf(session, sessionNumber(number + ahead), spot));
  const found = europeanGreeksBatch({
    rights: Uint8Array.from(options, ({ right }) => (right === "call" ? CALL : PUT)),
    spots: new Float64Array(options.length).fill(spot),
    strikes: Float64Array.from(options, ({ points }) => points),
    years: Float64Array.from(options, ({ years }) => years),
    volatilities: Float64Array.from(options, ({ volatility }) => volatility),
    rates: new Float64Array(options.length).fill(0.04),
    dividendYields: new Float64Array(options.length).fill(0.015),
  });
  return options.map(({ root, expiration, points, right, volatility }, i): QuoteFact => {
    const price = found.prices[i] ?? 0;
    return {
      occurredAt,
      knownAt: occurredAt,
      session,
      underlying: "SPX",
      root,
      expiration,
      strike: strike(points),
      right,
      ...market(price, draw),
      volatility: rounded(volatility, 4),
      delta: rounded(found.deltas[i] ?? 0, 4),
      gamma: rounded(found.gammas[i] ?? 0, 6),
      vega: rounded((found.vegas[i] ?? 0) / 100, 4),
      theta: rounded((found.thetas[i] ?? 0) / 365, 4),
      rho: rounded((found.rhos[i] ?? 0) / 100, 4),
      underlyingPrice: spot,
    };
  });
}

interface GeneratedOption {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly points: number;
  readonly right: "call" | "put";
  readonly years: number;
  readonly volatility: number;
}

function strikesOf(
  session: CalendarDate,
  expiration: CalendarDate,
  spot: number,
): readonly GeneratedOption[] {
  const root = thirdFriday(yearOf(expiration), monthOf(expiration)) === expiration ? "SPX" : "SPXW";
  const years = daysBetween(session, expiration) / 365;
  const step = years < 0.1 ? 5 : 10;
  const least = Math.round(spot / step - 0.7 * STRIKES) * step;
  return Array.from({ length: STRIKES }, (_, i) => least + i * step).flatMap((points) => {
    const moneyness = Math.log(points / spot) / Math.sqrt(years + 0.02);
    const volatility = 0.15 - 0.12 * moneyness + 0.25 * moneyness ** 2;
    const option = { root, expiration, points, years, volatility };
    return [
      { ...option, right: "call" as const },
      { ...option, right: "put" as const },
    ];
  });
}

type Market = Pick<QuoteFact, "bid" | "ask" | "bidSize" | "askSize" | "last" | "volume" | "openInterest">;

function market(price: number, draw: Draw): Market {
  const tick = price < 3 ? 0.05 : 0.1;
  const half = 0.02 * price + tick;
  return {
    bid: rounded(Math.max(Math.floor((price - half) / tick) * tick, 0), 2),
    ask: rounded(Math.ceil((price + half) / tick) * tick, 2),
    bidSize: Math.floor(draw(1, 200)),
    askSize: Math.floor(draw(1, 200)),
    last: rounded(price + tick, 2),
    volume: Math.floor(draw(0, 30) ** 2),
    openInterest: Math.floor(draw(0, 100) ** 2),
  };
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
