import {
  addDays,
  type CalendarDate,
  calendarDate,
  nextSession,
  strike,
  vixExpirations,
} from "@steward/model";
import type { MarketView } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { type MarketInputs, marketOf, volatilityHistory } from "./index.ts";
import { bundledIndex, positionOf, syntheticIndex } from "./testing/index-history.ts";

const bars = bundledIndex();
const on = calendarDate;
const inputs: MarketInputs = { index: bars, indexSource: "bundled" };
const history = volatilityHistory(inputs);
const market = marketOf(history);

/** Everything that a view shows, as text, so that bits are compared. */
function fingerprint(view: MarketView): string {
  const expirations = [nextSession(view.session.date), on("2016-04-20"), on("2016-05-18")];
  const slices = (["SPXW", "SPX", "XSP", "VIX"] as const).flatMap((root) =>
    expirations.map((expiration) => {
      const slice = view.slice(root, expiration);
      if (slice === undefined) return "none";
      const middle = Math.round(slice.forward / 5) * 5;
      const quotes = [-50, -5, 0, 5, 50].map((step) => {
        const points = strike(Math.max(middle + step, 5));
        return [slice.quote("put", points), slice.mark("call", points)];
      });
      return [slice.forward, slice.discountFactor, slice.years, quotes];
    }),
  );
  return JSON.stringify([view.spot, view.volatility, slices]);
}

describe("a modelled market", () => {
  it("has the sessions of the index and their hours", () => {
    expect(market.sessions).toHaveLength(bars.length);
    const view = market.view(on("2019-06-03"));
    expect(view.session.date).toBe("2019-06-03");
    expect(view.spot).toBeCloseTo(2744.45, 2);
    expect(market.view(on("2019-06-03"))).toBe(view);
    expect(() => market.view(on("2019-06-02"))).toThrow("session with data");
  });

  it("says nothing of volatility before 126 sessions, and flags it before 252", () => {
    const at = (position: number): CalendarDate => bars[position]?.date ?? on("2000-01-01");
    expect(market.view(at(124)).volatility).toBeUndefined();
    expect(market.view(at(124)).slice("SPXW", at(125))).toBeUndefined();
    expect(market.view(at(124)).slice("VIX", on("2000-08-16"))).toBeUndefined();
    expect(market.view(at(125)).volatility?.vix.source).toBe("modelled");
    expect(market.view(at(125)).slice("SPXW", at(126))).toBeDefined();
    expect(history.states[250]?.volatility?.labels.isSettling).toBe(true);
    expect(history.states[251]?.volatility?.labels.isSettling).toBe(false);
  });

  it("knows nothing later than the session, to the bit", () => {
    const cut = positionOf(bars, "2016-03-01");
    const poisoned = bars.map((bar, position) =>
      position <= cut ? bar : { ...bar, open: 9, high: 12, low: 7, close: 8 + (position % 3) },
    );
    const full = { ...inputs, vix: seriesOf(bars, 20), rates: seriesOf(bars, 0.01) };
    const variants: readonly MarketInputs[] = [
      { ...full, index: bars.slice(0, cut + 1) },
      {
        ...full,
        index: poisoned,
        vix: seriesOf(poisoned, 60),
        rates: seriesOf(poisoned.slice(0, cut + 1), 0.01),
      },
    ];
    // The poisoned VIX differs only after the cut.
    const trimmed = variants.map((variant) => ({
      ...variant,
      vix: {
        ...seriesOf(bars, 20),
        values: (variant.vix?.values ?? []).map((row, position) =>
          position <= cut ? { ...row, value: 20 } : row,
        ),
      },
    }));
    const whole = marketOf(volatilityHistory(full));
    for (const variant of trimmed) {
      const other = marketOf(volatilityHistory(variant));
      for (let position = 100; position <= cut; position += 197) {
        const date = bars[position]?.date ?? on("2000-01-01");
        expect(fingerprint(other.view(date))).toBe(fingerprint(whole.view(date)));
      }
      const last = bars[cut]?.date ?? on("2000-01-01");
      expect(fingerprint(other.view(last))).toBe(fingerprint(whole.view(last)));
    }
  });

  it("is the same market again, whatever was asked first", () => {
    const again = marketOf(volatilityHistory(inputs));
    const dates = [on("2008-10-10"), on("2016-03-01"), on("2019-06-03")];
    const backwards = dates.toReversed().map((date) => fingerprint(again.view(date)));
    expect(backwards.toReversed()).toEqual(dates.map((date) => fingerprint(market.view(date))));
  });

  it("has slices only ahead, on days that were expected to be sessions", () => {
    const view = market.view(on("2019-06-03"));
    expect(view.slice("SPXW", on("2019-06-03"))).toBeUndefined();
    expect(view.slice("SPXW", on("2019-06-08"))).toBeUndefined();
    expect(view.slice("SPXW", on("2019-07-04"))).toBeUndefined();
    expect(view.slice("SPY", on("2019-06-22"))).toBeUndefined();
    expect(view.slice("VX", on("2019-06-19"))).toBeUndefined();
    expect(market.view(on("2001-09-10")).slice("SPXW", on("2001-09-11"))).toBeDefined();
    expect(market.view(on("2018-12-03")).slice("SPXW", on("2018-12-05"))).toBeUndefined();
  });

  it("prices XSP as a tenth of SPX and VIX on its future", () => {
    const view = market.view(on("2019-06-03"));
    const spx = view.slice("SPXW", on("2019-06-07"));
    const xsp = view.slice("XSP", on("2019-06-07"));
    expect((xsp?.forward ?? 0) * 10).toBeCloseTo(spx?.forward ?? 0, 9);
    expect((xsp?.mark("put", strike(270))?.price ?? 0) * 10).toBeCloseTo(
      spx?.mark("put", strike(2700))?.price ?? 0,
      9,
    );
    expect(xsp?.quote("put", strike(270.5))).toBeUndefined();
    expect(view.slice("VIX", on("2019-06-19"))?.forward).not.toBe(view.volatility?.vix.value);
  });

  it("raises one-session options with the scale and leaves those from nine days on", () => {
    const rich = marketOf(history, { shortVolScale: 1.05 });
    const date = on("2019-06-03");
    const atTheMoney = (expiration: string, from: typeof market): number =>
      from.view(date).slice("SPXW", on(expiration))?.mark("put", strike(2745))?.volatility ?? 0;
    expect(atTheMoney("2019-06-04", rich) / atTheMoney("2019-06-04", market)).toBeCloseTo(1.05, 2);
    expect(atTheMoney("2019-06-21", rich)).toBe(atTheMoney("2019-06-21", market));
    expect(() => marketOf(history, { shortVolScale: 1.2 })).toThrow("0.95 to 1.05");
  });

  it("refuses bars out of order", () => {
    expect(() => volatilityHistory({ ...inputs, index: bars.slice(0, 5).toReversed() })).toThrow("ascend");
  });
});

describe("a real series", () => {
  const some = bars.slice(0, 400);
  const gap = some[300]?.date;
  const vix = { ...seriesOf(some, 31), values: seriesOf(some, 31).values.filter(({ date }) => date !== gap) };
  const mixed = volatilityHistory({ index: some, indexSource: "imported", vix, vvix: seriesOf(some, 111) });

  it("replaces the modelled one session by session", () => {
    const readings = mixed.states[299]?.volatility?.readings;
    expect(readings?.vix).toEqual({ value: 31, source: "downloaded" });
    expect(readings?.vvix).toEqual({ value: 111, source: "downloaded" });
    expect(readings?.vix9d.source).toBe("modelled");
    expect(readings?.realized20.source).toBe("imported");
    expect(mixed.states[300]?.volatility?.readings.vix.source).toBe("modelled");
    expect(mixed.states[300]?.volatility?.labels.levelSource).toBe("spx");
    expect(mixed.states[299]?.volatility?.labels.levelSource).toBe("vix");
    expect(mixed.states[299]?.volatility?.labels.beyondSample).toEqual(["before-2011", "vix-above-24"]);
  });

  it("needs no warm-up but for realized volatility", () => {
    expect(mixed.states[19]?.volatility).toBeUndefined();
    expect(mixed.states[20]?.volatility?.readings.vix.value).toBe(31);
    expect(mixed.states[20]?.volatility?.labels.isSettling).toBe(true);
  });

  it("is told apart in the provenance", () => {
    const rows = marketOf(mixed).provenance.filter(({ series }) => series === "vix");
    expect(rows.map(({ source }) => source)).toEqual(["downloaded", "modelled"]);
    expect(rows[1]?.detail).toContain("(1 of 380 sessions)");
    const names = new Set(market.provenance.map(({ series }) => series));
    for (const name of [
      "vix",
      "vix9d",
      "vix3m",
      "vix6m",
      "vvix",
      "vix-futures",
      "spxw-options",
      "vix-options",
    ]) {
      expect(names).toContain(name);
    }
    for (const { source, detail, series } of market.provenance) {
      if (source === "modelled") expect(`${series}: ${detail}`).toMatch(/: .{10,}/);
    }
  });

  it("of rates counts from its first value on, and says what stood before", () => {
    const first = some[200]?.date ?? on("2000-01-01");
    const rates = {
      ...seriesOf(some, 0.01),
      values: seriesOf(some, 0.01).values.filter(({ date }) => date >= first),
    };
    const market = marketOf(volatilityHistory({ index: some, indexSource: "imported", rates }));
    const rows = market.provenance.filter(({ series }) => series === "rates");
    expect(rows.map(({ source, from, to }) => [source, from, to])).toEqual([
      ["downloaded", first, some.at(-1)?.date],
      ["modelled", some[0]?.date, some[199]?.date],
    ]);
  });

  it("of futures is the forward of its options", () => {
    const date = on("2019-06-03");
    const expiration = on("2019-06-19");
    const settlements = [{ date, expiration, settle: 17.25 }];
    const futures = { settlements, source: "imported", detail: "" } as const;
    const withFutures = marketOf(volatilityHistory({ ...inputs, vixFutures: futures }));
    expect(withFutures.view(date).slice("VIX", expiration)?.forward).toBe(17.25);
    const row = withFutures.provenance.find(
      ({ series, source }) => series === "vix-futures" && source === "imported",
    );
    expect(row).toMatchObject({ from: date, to: date });
  });
});

describe("settlement", () => {
  it("is the close of PM expirations, a tenth of it for XSP", () => {
    const session = on("2019-06-07");
    expect(market.settlement("SPXW", session, session)).toEqual({ value: 2873.340088, source: "official" });
    expect(market.settlement("XSP", session, session)?.value).toBeCloseTo(287.334, 3);
    expect(market.settlement("SPXW", session, on("2019-06-06"))).toBeUndefined();
  });

  it("moves with a closure: to the next close if nobody knew, else to the last", () => {
    const close = (date: string): number => bars[positionOf(bars, date)]?.close ?? 0;
    const settle = (expiration: string, session: string) =>
      market.settlement("SPXW", on(expiration), on(session));
    expect(settle("2001-09-11", "2001-09-17")).toEqual({
      value: close("2001-09-17"),
      source: "approximated",
    });
    expect(settle("2012-10-29", "2012-10-31")).toEqual({
      value: close("2012-10-31"),
      source: "approximated",
    });
    expect(settle("2018-12-05", "2018-12-06")).toEqual({
      value: close("2018-12-04"),
      source: "approximated",
    });
  });

  it("of AM expirations is the open, approximately", () => {
    const date = on("2019-06-21");
    const open = bars[positionOf(bars, date)]?.open;
    expect(market.settlement("SPX", date, date)).toEqual({ value: open, source: "approximated" });
  });

  it("of VIX is the published value, or the last close of its future", () => {
    expect(market.settlement("VIX", on("2019-06-19"), on("2019-06-19"))).toEqual({
      value: 14.8,
      source: "official",
    });
    const expiration = on("2016-06-15");
    const forward = market.view(on("2016-06-14")).slice("VIX", expiration)?.forward;
    expect(market.settlement("VIX", expiration, expiration)).toEqual({
      value: forward,
      source: "approximated",
    });
  });
});

describe("modelled marks", () => {
  it("of VIX calls fall and bend upward from far below the future to far above, for every expiration", () => {
    for (const date of ["2008-10-10", "2016-03-01", "2017-11-03"]) {
      const view = market.view(on(date));
      for (const expiration of vixExpirations(addDays(on(date), 1), addDays(on(date), 250))) {
        const slice = view.slice("VIX", expiration);
        if (slice === undefined) expect.fail(`no slice of ${expiration}`);
        const first = Math.ceil(slice.forward / 8);
        const prices = Array.from(
          { length: 120 },
          (_, step) => slice.mark("call", strike(first + step))?.price ?? 0,
        );
        for (let step = 1; step + 1 < prices.length && (prices[step + 1] ?? 0) > 0; step += 1) {
          const [left = 0, middle = 0, right = 0] = prices.slice(step - 1, step + 2);
          expect(middle).toBeLessThan(left);
          // Rounding of prices of tens of points.
          expect(left - 2 * middle + right).toBeGreaterThan(-1e-12 * slice.forward);
        }
      }
    }
  });
});

describe("modelled quotes", () => {
  it("hold the mark, and fall away from the money on every slice", () => {
    const synthetic = marketOf(volatilityHistory({ index: syntheticIndex(900, 5), indexSource: "imported" }));
    const sampled = [...market.sessions.slice(200).filter((_, index) => index % 311 === 0)];
    const views = [
      ...sampled.map((date) => market.view(date)),
      ...synthetic.sessions
        .slice(400)
        .filter((_, index) => index % 97 === 0)
        .map((date) => synthetic.view(date)),
    ];
    for (const view of views) {
      for (const root of ["SPXW", "SPX", "XSP", "VIX"] as const) {
        const slice = view.slice(root, nextSession(nextSession(view.session.date)));
        if (slice === undefined) expect.fail(`no slice on ${view.session.date}`);
        const step = slice.strikeIncrement;
        const middle = Math.round(slice.forward / step) * step;
        let previous = { bid: Number.POSITIVE_INFINITY, ask: Number.POSITIVE_INFINITY };
        for (let count = -20; count <= 40; count += 1) {
          if (middle + count * step <= 0) continue;
          const points = strike(middle + count * step);
          const quote = slice.quote("call", points);
          const mark = slice.mark("call", points);
          if (quote === undefined || mark === undefined) continue;
          expect(quote.bid).toBeGreaterThanOrEqual(0);
          expect(quote.bid).toBeLessThanOrEqual(mark.price);
          expect(quote.ask).toBeGreaterThanOrEqual(mark.price);
          expect(quote.ask).toBeGreaterThan(quote.bid);
          expect(quote.bid).toBeLessThanOrEqual(previous.bid);
          expect(quote.ask).toBeLessThanOrEqual(previous.ask);
          const put = slice.mark("put", points);
          expect(mark.price - (put?.price ?? 0)).toBeCloseTo(
            slice.discountFactor * (slice.forward - (middle + count * step)),
            8,
          );
          previous = quote;
        }
      }
    }
  });
});

function seriesOf(index: readonly { readonly date: CalendarDate }[], value: number) {
  const values = index.map(({ date }) => ({ date, value }));
  return { values, source: "downloaded", detail: "a test's series" } as const;
}
