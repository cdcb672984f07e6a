// Faults that one row shows: Q1 to Q15, Q20 and Q24.

import {
  addDays,
  calendarDate,
  contractId,
  isListedExpiration,
  isOptionRoot,
  isSession,
  type QuoteFact,
  type Strike,
  sessionOf,
  weekday,
} from "@steward/model";
import { between, cents, type FaultKind, oneOf, rowFaults, type Spoiled } from "./fault-kind.ts";

const SECOND = 1_000_000;

const BROKEN: readonly Spoiled[] = [
  { bid: Number.NaN },
  { ask: Number.POSITIVE_INFINITY },
  { bid: Number.NEGATIVE_INFINITY },
  { ask: undefined },
  { bid: "12.5" },
  { strike: Number.NaN },
  { strike: 0 },
  { strike: 4500.5 },
  { right: "C" },
  { expiration: "2024-02-30" },
  { expiration: "20240621" },
  { session: "" },
  { occurredAt: Number.NaN },
  { knownAt: 1.5 },
  { root: "" },
  { volatility: Number.NaN },
  { delta: Number.POSITIVE_INFINITY },
  { openInterest: "many" },
  { underlyingPrice: Number.NaN },
];

/** The kinds of fault that a row shows by itself. */
export const ROW_FAULTS: readonly FaultKind[] = [
  {
    rule: "Q1",
    size: "one of 19 broken fields: NaN, infinite, missing, text for a number, no such date, no such right",
    inject: (clean, draw) => rowFaults(clean, draw, () => oneOf(draw, BROKEN)),
  },
  {
    rule: "Q2",
    size: "the symbol names the next strike, the other right or the next day, or the root is another underlying's",
    inject: (clean, draw) => {
      const wrong = new Map<number, (quote: QuoteFact) => QuoteFact>();
      const injected = rowFaults(clean, draw, ({ underlying, root }, row) => {
        if (!isOptionRoot(root)) return undefined;
        if (draw() < 0.25) return { underlying: underlying === "SPX" ? "VIX" : "SPX" };
        const way = oneOf(draw, SYMBOL_ERRORS);
        if (way !== undefined) wrong.set(row, way);
        return {};
      });
      if (injected === undefined) return undefined;
      const rowOf = new Map(injected.quotes.map((quote, row) => [quote, row]));
      const symbolOf = (quote: QuoteFact): string | undefined => {
        const { root, expiration, right, strike } = (wrong.get(rowOf.get(quote) ?? -1) ?? same)(quote);
        return isOptionRoot(root) ? contractId({ root, expiration, right, strike }) : undefined;
      };
      return { ...injected, context: { ...injected.context, symbolOf } };
    },
  },
  {
    rule: "Q3",
    size: "a copy of a row, half of them with another quote",
    inject: ({ quotes, context }, draw) => {
      const copies = Array.from({ length: Math.max(1, Math.floor(quotes.length / 100)) }, () => {
        const quote = quotes[Math.floor(draw() * quotes.length)];
        return quote === undefined || !(quote.ask > 0)
          ? []
          : [draw() < 0.5 ? quote : { ...quote, ask: cents(quote.ask + 5) }];
      }).flat();
      const expected = copies.map((_, index) => ({ kind: "row" as const, row: quotes.length + index }));
      return copies.length === 0 ? undefined : { quotes: [...quotes, ...copies], context, expected };
    },
  },
  {
    rule: "Q4",
    size: "strikes of half to three halves of the index times 10 (not VIX, whose strikes reach that far), 100 or 1000; any strike off its grid by 0.01 to 0.49 points",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ strike, root, underlying }) => {
        const isKnown = isOptionRoot(root);
        if (draw() < 0.5 && isKnown)
          return { strike: (strike + 10 * Math.floor(between(draw, 1, 49))) as Strike };
        const ratio = strike / 1000 / clean.level;
        if (ratio < 0.5 || ratio > 1.5) return undefined;
        return {
          strike: strike * (oneOf(draw, underlying === "VIX" ? [100, 1000] : [10, 100, 1000]) ?? 100),
        };
      }),
  },
  {
    rule: "Q5",
    size: "an expiration on a weekend, before the session, ten years ahead, or of the other SPX root",
    inject: (clean, draw) =>
      rowFaults(clean, draw, (quote) => {
        const { root, expiration, session } = quote;
        const way = Math.floor(draw() * 4);
        if (way === 0) return { expiration: addDays(session, -Math.ceil(between(draw, 0, 400))) };
        if (way === 1 && !expiration.endsWith("02-29"))
          return { expiration: `${Number(expiration.slice(0, 4)) + 10}${expiration.slice(4)}` };
        if (way === 2 && root === "SPXW" && !isListedExpiration("SPX", expiration)) return { root: "SPX" };
        if (!isOptionRoot(root)) return undefined;
        const day = weekday(expiration);
        const shift = day === "friday" ? 1 : day === "wednesday" ? 3 : day === "monday" ? 5 : undefined;
        return shift === undefined ? undefined : { expiration: addDays(expiration, shift) };
      }),
  },
  {
    rule: "Q6",
    size: "-1, a run of nines, 1e9 or 2^31 - 1 in a price, a size or a count; a volatility of 0 or -1",
    inject: (clean, draw) =>
      rowFaults(clean, draw, () =>
        oneOf<Spoiled>(draw, [
          { bid: -1 },
          { ask: 99999.99 },
          { bid: 1e9, ask: 1e9 },
          { ask: 2147483647 },
          { bidSize: -1 },
          { openInterest: -1 },
          { volume: 4294967295 },
          { last: -99 },
          { underlyingPrice: -1 },
          { volatility: 0 },
          { volatility: -1 },
        ]),
      ),
  },
  {
    rule: "Q9",
    size: "a bid of -0.05 to -50 points, or an ask of 0 or below",
    inject: (clean, draw) =>
      rowFaults(clean, draw, () => {
        if (draw() < 0.5) return { bid: -cents(between(draw, 0.05, 50)) };
        return draw() < 0.5 ? { bid: 0, ask: 0 } : { ask: -cents(between(draw, 0.05, 50)) };
      }),
  },
  {
    rule: "Q10",
    size: "bid and ask exchanged, or the bid 0.05 to 20 points over the ask",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ bid, ask }) =>
        draw() < 0.5 && bid < ask ? { bid: ask, ask: bid } : { bid: cents(ask + between(draw, 0.05, 20)) },
      ),
  },
  {
    rule: "Q11",
    size: "the ask set to the bid, or the bid to the ask",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ bid, ask }) => {
        if (!(ask > 0)) return undefined;
        return bid > 0 && draw() < 0.5 ? { ask: bid } : { bid: ask };
      }),
  },
  {
    rule: "Q12",
    size: "the bid set to 0",
    inject: (clean, draw) => rowFaults(clean, draw, ({ bid }) => (bid > 0 ? { bid: 0 } : undefined)),
  },
  {
    rule: "Q13",
    size: "a spread of 1.05 to 4 times the largest that is allowed",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ bid, underlyingPrice }) => {
        if (!(bid >= 0)) return undefined;
        // ask - bid > 0.6 (bid + ask) / 2 where ask - bid > (6/7) bid.
        const limit = Math.max((6 / 7) * bid, 0.005 * (underlyingPrice ?? clean.level), 0.5);
        return { ask: Math.ceil(100 * (bid + between(draw, 1.05, 4) * limit)) / 100 };
      }),
  },
  {
    rule: "Q14",
    size: "a size of 0 behind a price",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ bid }) =>
        bid > 0 && draw() < 0.5 ? { bidSize: 0 } : { bidSize: 1, askSize: 0 },
      ),
  },
  {
    rule: "Q15",
    size: "a price a fifth to four fifths of a tick off",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ root, bid, ask }) => {
        if (!isOptionRoot(root) || !(ask > bid)) return undefined;
        const tick = root === "XSP" || root === "SPY" ? 0.01 : 0.05;
        const off = tick * between(draw, 0.2, 0.8);
        return draw() < 0.5 && bid > 0 ? { bid: bid - off } : { ask: ask + off };
      }),
  },
  {
    rule: "Q20",
    size: "a stamp 3 seconds to a day after the quote was known",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ knownAt }) => ({
        occurredAt: knownAt + Math.floor(between(draw, 3, 86_400)) * SECOND,
      })),
  },
  {
    rule: "Q24",
    size: "a stamp 1 minute to 5 hours before the opening or after the close",
    inject: (clean, draw) =>
      rowFaults(clean, draw, ({ session }) => {
        const hours = isSession(session) ? sessionOf(session) : undefined;
        if (hours === undefined) return undefined;
        const off = Math.floor(between(draw, 60, 5 * 3600)) * SECOND;
        const occurredAt = draw() < 0.5 ? hours.open - off : hours.optionsClose + off;
        return { occurredAt, knownAt: Math.max(occurredAt, hours.optionsClose) };
      }),
  },
];

const same = (quote: QuoteFact): QuoteFact => quote;
const SYMBOL_ERRORS: readonly ((quote: QuoteFact) => QuoteFact)[] = [
  (quote) => ({ ...quote, strike: (quote.strike + 5000) as Strike }),
  (quote) => ({ ...quote, right: quote.right === "call" ? "put" : "call" }),
  (quote) => ({ ...quote, expiration: addDays(quote.expiration, 1) }),
  (quote) => ({ ...quote, root: quote.root === "SPX" ? "SPXW" : "SPX" }),
  (quote) => ({ ...quote, expiration: calendarDate("2011-11-11") }),
];
