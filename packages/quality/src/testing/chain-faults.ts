// Faults of a whole snapshot, and against another one: Q7, Q8, Q19, Q21 to Q23, Q25, Q26, Q33 to Q36.

import { addDays, type Instant, instantAt, previousSession, type QuoteFact, sessionOf } from "@steward/model";
import {
  between,
  type CleanChain,
  cents,
  type FaultKind,
  type Injected,
  oneOf,
  rowFaults,
  type Spoiled,
  spoil,
} from "./fault-kind.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const CHAIN = [{ kind: "chain" }] as const;

/** The kinds of fault that show on a snapshot as a whole. */
export const CHAIN_FAULTS: readonly FaultKind[] = [
  {
    rule: "Q7",
    size: "25 to 80 % of the contracts lost, or all strikes within 3 % (VIX: 15 %) of a forward of up to 90 days, where 24 bids are left",
    inject: (clean, draw) => (draw() < 0.5 ? withoutMany(clean, draw) : withoutMoney(clean, draw)),
  },
  {
    rule: "Q8",
    size: "a call or a put taken away from its pair",
    inject: ({ quotes, context }, draw) => {
      const orphan = quotes[Math.floor(draw() * quotes.length)];
      if (orphan === undefined || !(orphan.ask > 0)) return undefined;
      const other = quotes.findIndex((quote) => quote.right !== orphan.right && isSameStrike(quote, orphan));
      if (other === -1) return undefined;
      const left = quotes.filter((_, row) => row !== other);
      return { quotes: left, context, expected: [{ kind: "row", row: left.indexOf(orphan) }] };
    },
  },
  {
    rule: "Q19",
    size: "rows of a live feed 130 seconds to 2 hours old",
    inject: (clean, draw) => {
      const now = latest(clean.quotes);
      const context = { ...clean.context, now: (now + SECOND) as Instant, feed: "live" as const };
      return rowFaults({ ...clean, context }, draw, () => ({
        occurredAt: now - Math.floor(between(draw, 130, 7200)) * SECOND,
      }));
    },
  },
  {
    rule: "Q21",
    size: "rows 1 second to an hour before the feed's last quote of the contract",
    inject: (clean, draw) => {
      const previous = clean.quotes;
      return rowFaults({ ...clean, context: { ...clean.context, previous } }, draw, ({ occurredAt }) => ({
        occurredAt: occurredAt - Math.ceil(between(draw, 1, 3600)) * SECOND,
      }));
    },
  },
  {
    rule: "Q22",
    size: "60 to 100 % of the quotes as before while the index moved by 0.15 to 5 %",
    inject: ({ quotes, context, level }, draw) => {
      const moved = level * (1 + between(draw, 0.0015, 0.05) * (draw() < 0.5 ? -1 : 1));
      const share = between(draw, 0.6, 1);
      const previous = quotes.map((quote) => ({
        ...quote,
        ...(draw() < share ? {} : { bid: quote.bid + 0.1, ask: quote.ask + 0.1 }),
        occurredAt: (quote.occurredAt - MINUTE) as Instant,
        underlyingPrice: moved,
      }));
      return { quotes, context: { ...context, level, previous }, expected: CHAIN };
    },
  },
  {
    rule: "Q23",
    size: "a live label on options 10 to 20 minutes behind an index that has since moved by 0.5 to 3 %",
    inject: (clean, draw) => {
      const { quotes, context, level } = clean;
      const now = latest(quotes);
      const last = level * (1 + between(draw, 0.005, 0.03) * (draw() < 0.5 ? -1 : 1));
      const lag = between(draw, 10, 20);
      const levels = [25, lag, 0].map((minutes) => ({
        at: (now - Math.round(minutes * MINUTE)) as Instant,
        level: minutes === 0 ? last : minutes === 25 ? level * 1.0005 : level,
      }));
      return { quotes, context: { ...context, feed: "live", levels }, expected: CHAIN };
    },
  },
  {
    rule: "Q25",
    size: "all stamps 1 to 5 hours or a day from the label",
    inject: ({ quotes, context }, draw) => {
      const session = quotes[0]?.session;
      if (session === undefined) return undefined;
      const label = {
        time: oneOf(draw, ["10:00", "12:00", "15:45"]) ?? "12:00",
        zone: "America/New_York" as const,
      };
      const hours = (oneOf(draw, [1, 2, 3, 4, 5, 24]) ?? 1) * (draw() < 0.5 ? -1 : 1);
      const occurredAt = (instantAt(session, label.time, label.zone) + hours * HOUR) as Instant;
      const shifted = quotes.map((quote) => ({ ...quote, occurredAt, knownAt: occurredAt }));
      return { quotes: shifted, context: { ...context, now: undefined, label }, expected: CHAIN };
    },
  },
  {
    rule: "Q26",
    size: "the snapshot before is 2 to 10 sessions old, the date is a weekend, or a half day goes on to 15:45",
    inject: ({ quotes, context }, draw) => wrongDay(quotes, context, draw),
  },
  {
    rule: "Q33",
    size: "an index 3 to 20 % from the one that the forwards imply",
    inject: ({ quotes, context, level }, draw) => {
      const wrong = level * (1 + between(draw, 0.03, 0.2) * (draw() < 0.5 ? -1 : 1));
      return { quotes, context: { ...context, level: wrong }, expected: CHAIN };
    },
  },
  {
    rule: "Q34",
    size: "a published VIX 10 to 100 % or at least 1 point from the chain's own",
    inject: ({ quotes, context }, draw) => {
      const vix = context.publishedVix;
      if (vix === undefined) return undefined;
      const off = Math.max(1, between(draw, 0.1, 0.5) * vix);
      const publishedVix = draw() < 0.5 ? vix + 2 * off : vix - off;
      return { quotes, context: { ...context, publishedVix }, expected: CHAIN };
    },
  },
  {
    rule: "Q35",
    size: "one number of a stored row changed: a tick of the bid or the ask, a contract of open interest, a thousandth of volatility",
    inject: (clean, draw) =>
      rowFaults({ ...clean, context: { ...clean.context, stored: clean.quotes } }, draw, (quote) =>
        oneOf<Spoiled>(draw, [
          { bid: cents(quote.bid + 0.05), ask: cents(quote.ask + 0.05) },
          { ask: cents(quote.ask + 0.05) },
          { openInterest: (quote.openInterest ?? 0) + 1 },
          { volatility: (quote.volatility ?? 0.2) + 0.001 },
        ]),
      ),
  },
  {
    rule: "Q36",
    size: "5 to 100 % of another source's quotes moved by 1.1 to 3 times both spreads",
    inject: ({ quotes, context }, draw) => {
      const share = between(draw, 0.05, 1);
      const secondSource = quotes.map((quote) => {
        if (draw() > share) return quote;
        const shift = cents(0.05 + between(draw, 1.1, 3) * (quote.ask - quote.bid));
        return { ...quote, bid: quote.bid + shift, ask: quote.ask + shift };
      });
      return { quotes, context: { ...context, secondSource }, expected: CHAIN };
    },
  },
];

function withoutMany({ quotes, context }: CleanChain, draw: () => number): Injected {
  const lost = between(draw, 0.25, 0.8);
  return {
    quotes: quotes.filter((_, index) => index === 0 || draw() > lost),
    context: { ...context, priorSession: context.priorSession ?? quotes },
    expected: CHAIN,
  };
}

function withoutMoney({ quotes, context, forwards }: CleanChain, draw: () => number): Injected | undefined {
  const soon = [...forwards].filter(([, { years }]) => years > 0 && years < 89 / 365);
  const [key, carried] = oneOf(draw, soon) ?? [];
  if (key === undefined || carried === undefined) return undefined;
  const width = quotes[0]?.underlying === "VIX" ? 0.15 : 0.03;
  const left = quotes.filter(
    ({ root, expiration, strike }) =>
      root + expiration !== key || Math.abs(strike / 1000 / carried.forward - 1) > width,
  );
  const rest = left.filter(({ root, expiration, bid }) => root + expiration === key && bid > 0);
  return rest.length < LEAST_LEFT ? undefined : { quotes: left, context, expected: CHAIN };
}

/** Options with a bid that a slice without its money must still have, or there is no forward to miss strikes around. */
const LEAST_LEFT = 24;

function wrongDay(
  quotes: readonly QuoteFact[],
  context: CleanChain["context"],
  draw: () => number,
): Injected | undefined {
  const session = quotes[0]?.session;
  if (session === undefined) return undefined;
  const way = Math.floor(draw() * 3);
  if (way === 0) {
    let prior = previousSession(session);
    for (let steps = Math.ceil(between(draw, 1, 10)); steps > 0; steps -= 1) prior = previousSession(prior);
    const priorSession = quotes.map((quote) => ({ ...quote, session: prior }));
    return { quotes, context: { ...context, priorSession }, expected: CHAIN };
  }
  const date = way === 1 ? addDays(session, -saturdayBefore(session)) : halfDayBefore(session);
  const at =
    way === 1 ? instantAt(date, "12:00", "America/New_York") : instantAt(date, "15:45", "America/New_York");
  const change = new Map(quotes.map((_, row) => [row, { session: date, occurredAt: at, knownAt: at }]));
  const still = quotes.every(({ expiration }) => expiration >= date);
  if (!still) return undefined;
  return {
    quotes: spoil(quotes, change),
    context: { ...context, now: undefined, label: undefined },
    expected: CHAIN,
  };
}

/** The last half day before the session. */
function halfDayBefore(session: QuoteFact["session"]): QuoteFact["session"] {
  const before = previousSession(session);
  return sessionOf(before)?.halfDay === true ? before : halfDayBefore(before);
}

function saturdayBefore(session: QuoteFact["session"]): number {
  for (let days = 1; days < 8; days += 1) {
    const date = addDays(session, -days);
    if (sessionOf(date) === undefined && sessionOf(addDays(date, -1)) !== undefined) return days;
  }
  return 7;
}

function latest(quotes: readonly QuoteFact[]): Instant {
  return quotes.reduce((last, { occurredAt }) => (occurredAt > last ? occurredAt : last), 0 as Instant);
}

function isSameStrike(one: QuoteFact, other: QuoteFact): boolean {
  return one.strike === other.strike && one.root === other.root && one.expiration === other.expiration;
}
