import { type CalendarDate, calendarDate, type Slice, strike } from "@steward/model";
import { describe, expect, it } from "vitest";
import { marketOf, type QuotedExpiration, volatilityHistory } from "./index.ts";
import { quotedSlice } from "./quoted-slice.ts";
import { bundledIndex } from "./testing/index-history.ts";
import { quotesAround } from "./testing/quoted.ts";

const on = calendarDate;
const session = on("2019-06-03");
const expiration = on("2019-06-07");
const bars = bundledIndex();
const inputs = { index: bars, indexSource: "bundled" } as const;
const history = volatilityHistory(inputs);
const strikes = Array.from({ length: 81 }, (_, i) => 2540 + 5 * i);

function modelledSlice(): Slice {
  const slice = marketOf(history).view(session).slice("SPXW", expiration);
  if (slice === undefined) throw new Error("the model has every expiration");
  return slice;
}
const modelled = modelledSlice();

function sliceOf(change: (quotes: QuotedExpiration) => QuotedExpiration = (quotes) => quotes) {
  return quotedSlice(
    change(quotesAround(modelled, session, { strikes, halfSpread: 0.05 })),
    modelled,
    "imported",
  );
}

describe("a slice of real quotes", () => {
  it("finds forward and volatilities of the market that it shows", () => {
    const slice = sliceOf();
    expect(slice).toMatchObject({ root: "SPXW", expiration, source: "imported", strikeIncrement: 5 });
    expect(slice?.forward).toBeCloseTo(modelled.forward, 6);
    expect(slice?.years).toBeCloseTo(modelled.years, 12);
    for (const points of [2600, 2700, 2745, 2800, 2850]) {
      for (const right of ["call", "put"] as const) {
        const [own, theirs] = [slice?.mark(right, strike(points)), modelled.mark(right, strike(points))];
        expect(own?.price).toBeCloseTo(theirs?.price ?? Number.NaN, 6);
        expect(own?.volatility).toBeCloseTo(theirs?.volatility ?? Number.NaN, 6);
        expect(own?.delta).toBeCloseTo(theirs?.delta ?? Number.NaN, 6);
      }
    }
  });

  it("marks what lies between two strikes between them, and beyond the last at its volatility", () => {
    const slice = sliceOf();
    const volatilityAt = (points: number) => slice?.mark("put", strike(points))?.volatility ?? Number.NaN;
    const [low, middle, high] = [volatilityAt(2700), volatilityAt(2702), volatilityAt(2705)];
    expect(middle).toBeLessThan(low);
    expect(middle).toBeGreaterThan(high);
    expect(slice?.quote("put", strike(2702))).toBeUndefined();
    expect(volatilityAt(1000)).toBe(volatilityAt(1500));
    expect(slice?.mark("put", strike(5))?.price).toBeCloseTo(0, 12);
  });

  it("shows the very quotes, and none where nobody offers or sides cross", () => {
    const slice = sliceOf((quotes) => {
      const bids = quotes.puts.bids.with(0, 9).with(2, 0);
      return { ...quotes, puts: { ...quotes.puts, bids, asks: quotes.puts.asks.with(1, 0) } };
    });
    expect(slice?.quote("put", strike(2540))).toBeUndefined();
    expect(slice?.quote("put", strike(2545))).toBeUndefined();
    expect(slice?.quote("put", strike(2550))).toEqual({
      bid: 0,
      ask: (modelled.mark("put", strike(2550))?.price ?? 0) + 0.05,
    });
    expect(slice?.quote("call", strike(2540))).toBeDefined();
    expect(slice?.quote("call", strike(2541))).toBeUndefined();
  });

  it("tells the sizes that were recorded, and when the quotes stood", () => {
    const nothing = Number.NaN;
    const slice = sliceOf((quotes) => {
      const bidSizes = Float64Array.from(strikes, (_, i) => [12, 0, nothing][i] ?? 5);
      const askSizes = Float64Array.from(strikes, (_, i) => [nothing, 7, 0][i] ?? 5);
      return { ...quotes, puts: { ...quotes.puts, bidSizes, askSizes } };
    });
    const { bid, ask, ...first } = slice?.quote("put", strike(2540)) ?? {};
    expect([first, bid !== undefined, ask !== undefined]).toEqual([{ bidSize: 12 }, true, true]);
    expect(slice?.quote("put", strike(2545))).toMatchObject({ askSize: 7 });
    expect(slice?.quote("put", strike(2545))).not.toHaveProperty("bidSize");
    expect(slice?.quote("put", strike(2550))).not.toHaveProperty("askSize");
    expect(slice?.quote("call", strike(2550))).not.toHaveProperty("askSize");
    expect(slice?.quotedAt).toBe(quotesAround(modelled, session, { strikes, halfSpread: 0.05 }).occurredAt);
    expect(modelled).not.toHaveProperty("quotedAt");
  });

  it("counts time from the instant of the quotes", () => {
    const early = quotesAround(modelled, session, { strikes, halfSpread: 0.05, minutesAfterClose: -15 });
    const slice = quotedSlice(early, modelled, "imported");
    expect(((slice?.years ?? 0) - modelled.years) * 365 * 24 * 60).toBeCloseTo(15, 6);
  });

  it("is none where quotes agree on no forward or are too few", () => {
    expect(sliceOf((quotes) => ({ ...quotes, calls: side([], 0) }))).toBeUndefined();
    expect(sliceOf((quotes) => ({ ...quotes, calls: side(strikes, 0) }))).toBeUndefined();
    const two = quotesAround(modelled, session, { strikes: [2740, 2745, 2750, 2755], halfSpread: 0.05 });
    expect(quotedSlice(two, modelled, "imported")).toBeUndefined();
  });
});

function side(points: readonly number[], price: number): QuotedExpiration["calls"] {
  const values = Float64Array.from(points, () => price);
  return { strikes: Int32Array.from(points, (each) => each * 1000), bids: values, asks: values };
}

describe("a market with real quotes", () => {
  const dear = quotesAround(modelled, session, { strikes, halfSpread: 0.4 });
  const marketWith = (...expirations: readonly QuotedExpiration[]) =>
    marketOf(
      volatilityHistory({
        ...inputs,
        options: { expirations, source: "imported", detail: "quotes of a vendor" },
      }),
    );
  const quoteOf = (market: ReturnType<typeof marketOf>, date: CalendarDate = expiration) =>
    market.view(session).slice("SPXW", date)?.quote("put", strike(2700));

  it("shows them in their session and root and expiration alone", () => {
    const market = marketWith(dear);
    const plain = marketOf(history);
    expect(quoteOf(market)?.ask).toBe(dear.puts.asks[32]);
    expect(market.view(session).slice("SPXW", expiration)?.source).toBe("imported");
    const next = on("2019-06-10");
    expect(quoteOf(market, next)).toEqual(quoteOf(plain, next));
    expect(market.view(session).slice("SPX", expiration)?.source).toBe("modelled");
    const after = market.view(on("2019-06-04")).slice("SPXW", expiration);
    expect(after?.source).toBe("modelled");
  });

  it("takes those of the last half hour and the quarter after the close for those of the decision", () => {
    const at = (minutesAfterClose: number) =>
      marketWith(quotesAround(modelled, session, { strikes, halfSpread: 0.4, minutesAfterClose }))
        .view(session)
        .slice("SPXW", expiration)?.source;
    expect([-31, -30, 0, 15, 16].map(at)).toEqual([
      "modelled",
      "imported",
      "imported",
      "imported",
      "modelled",
    ]);
  });

  it("says so", () => {
    const rows = marketWith(dear).provenance.filter(({ series }) => series === "spxw-options");
    expect(rows[0]).toMatchObject({ source: "imported", from: session, to: session });
    expect(rows[0]?.detail).toMatch(/^quotes of a vendor \(1 of \d+ sessions\)/);
    const plain = marketOf(history).provenance.filter(({ series }) => series === "spxw-options");
    expect(rows.slice(1).map(({ source }) => source)).toEqual(plain.map(({ source }) => source));
  });
});

it("an American mark never leaves its own market: quotes hold the premium of early exercise, the formula does not", () => {
  const [from, to] = [on("2019-05-28"), on("2019-06-28")];
  const model = marketOf(history).view(from).slice("SPY", to);
  if (model === undefined) throw new Error("the model has every expiration");
  const points = Array.from({ length: 61 }, (_, i) => 250 + i);
  const slice = quotedSlice(
    quotesAround(model, from, { strikes: points, halfSpread: 0.02 }),
    model,
    "imported",
  );
  let outside = 0;
  for (const at of points) {
    for (const right of ["call", "put"] as const) {
      const quote = slice?.quote(right, strike(at));
      const price = slice?.mark(right, strike(at))?.price ?? Number.NaN;
      if (quote === undefined) continue;
      expect(price).toBeGreaterThanOrEqual(quote.bid);
      expect(price).toBeLessThanOrEqual(quote.ask);
      if (price === quote.bid || price === quote.ask) outside += 1;
    }
  }
  expect(outside).toBeGreaterThan(10);
});
