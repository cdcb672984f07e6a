// A record may not know its future, and the search for such knowledge must find it where it is: cheats are planted that every
// backtest on earth has had at some time.

import { findLeaks, type Market } from "@steward/engine";
import { type MarketInputs, marketOf, volatilityHistory } from "@steward/market-model";
import { type CalendarDate, calendarDate, type IndexBar, instantAt } from "@steward/model";
import { type MarketView, presets, type StrategyConfig } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../apps/cli/src/config/load.ts";
import { falsifiable, poisonedAfter } from "../apps/cli/src/look-ahead.ts";
import { loadMarketData, type MarketData, withInputs } from "../apps/cli/src/market-data.ts";
import { signalDocument } from "../apps/cli/src/signal-document.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const bundled = await loadMarketData({ data: { store: false, files: {} } }, now);
const bars = bundled.inputs.index;
/** Half a year before the first record, so that layers are held and rolled; a year and a half more to warm the model up. */
const from = calendarDate("2017-07-03");
const short = withInputs({
  ...bundled.inputs,
  index: bars.filter(({ date }) => date >= "2016-01-04" && date < "2020-01-01"),
});

function preset(name: string): StrategyConfig {
  const found = presets[name];
  if (found === undefined) throw new Error(`${name} is a preset`);
  return found;
}

/** Every session of the flagship takes most of a minute; a quarter of them is enough on every change. */
const EVERY = process.env["STEWARD_LONG"] === "1" ? 1 : 4;

describe("a record of 2018", () => {
  const cuts = bars.filter(({ date }) => date.startsWith("2018")).map(({ date }) => date);

  it.each(["flagship", "evidenceOnly", "condorOnly", "hedgeOnly"])(
    "of %s does not know what comes after, in any session looked at",
    (name) => {
      const plan = {
        config: preset(name),
        from,
        cuts: cuts.filter((_, i) => i % (name === "flagship" ? EVERY : 10) === 0),
      };
      expect(cuts).toHaveLength(251);
      expect(findLeaks(falsifiable(short, plan.config), plan)).toEqual([]);
    },
  );

  it("with real series and futures does not either", () => {
    const supplied = (level: number) => ({
      values: bars.map(({ date }, i) => ({ date, value: level * (1 + (i % 7) / 20) })),
      source: "imported" as const,
      detail: "",
    });
    const settlements = bars.map(({ date }, i) => ({
      date,
      expiration: calendarDate("2018-12-19"),
      settle: 15 + (i % 5),
    }));
    const data = withInputs({
      ...short.inputs,
      vix: supplied(14),
      vvix: supplied(90),
      rates: supplied(0.02),
      vixFutures: { settlements, source: "imported", detail: "" },
    });
    const plan = { config: preset("flagship"), from, cuts: cuts.filter((_, i) => i % 40 === 0) };
    expect(findLeaks(falsifiable(data, plan.config), plan)).toEqual([]);
  });
});

interface Cheat {
  readonly name: string;
  /** The market that this cheat would show. */
  readonly market: (data: MarketData, honest: Market) => Market;
}

/** Changes every view by what stands in the data around its session. */
function seeing(change: (view: MarketView, around: Around) => Partial<MarketView>): Cheat["market"] {
  return ({ inputs: { index } }, honest) => {
    const places = new Map(index.map(({ date }, place) => [date, place]));
    return {
      ...honest,
      view: (session) => {
        const view = honest.view(session);
        const place = places.get(session) ?? 0;
        return { ...view, ...change(view, { index, place, next: index[place + 1] }) };
      },
    };
  };
}

interface Around {
  readonly index: readonly IndexBar[];
  readonly place: number;
  readonly next: IndexBar | undefined;
}

/** A market over inputs that somebody has prepared with all of the data at hand. */
function prepared(change: (inputs: MarketInputs) => MarketInputs): Cheat["market"] {
  return ({ inputs }) => marketOf(volatilityHistory(change(inputs)), { widths: "recent" });
}

function withVix(view: MarketView, value: number): Partial<MarketView> {
  const { volatility } = view;
  return volatility === undefined ? {} : { volatility: { ...volatility, vix: { ...volatility.vix, value } } };
}

function seriesOf(
  inputs: MarketInputs,
  value: (bar: IndexBar, place: number, all: readonly IndexBar[]) => number,
) {
  const values = inputs.index.map((bar, place, all) => ({ date: bar.date, value: value(bar, place, all) }));
  return { values, source: "imported" as const, detail: "" };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const CHEATS: readonly Cheat[] = [
  { name: "tomorrow's close as today's", market: seeing((_, { next }) => ({ spot: next?.close ?? 1 })) },
  {
    name: "the bar that the order fills in: its low before it is over",
    market: seeing((_, { index, place }) => ({
      spot: Math.min(...index.slice(place, place + 2).map(({ low }) => low)),
    })),
  },
  {
    name: "a volatility index of the next session",
    market: prepared((inputs) => ({
      ...inputs,
      vix: seriesOf(
        inputs,
        (bar, place, all) => 12 + 400 * Math.abs(1 - (all[place + 1]?.close ?? 0) / bar.close),
      ),
    })),
  },
  {
    name: "a centred average",
    market: seeing((view, { index, place }) =>
      withVix(
        view,
        10 + (meanOf(index.slice(Math.max(place - 5, 0), place + 6).map(({ close }) => close)) % 7),
      ),
    ),
  },
  {
    name: "scaling by the mean of the whole sample",
    market: seeing((view, { index }) =>
      withVix(view, (14 * view.spot) / meanOf(index.map(({ close }) => close))),
    ),
  },
  {
    name: "a parameter fitted on all of the data",
    market: prepared((inputs) => {
      const moves = inputs.index
        .slice(1)
        .map(({ close }, i) => Math.abs(1 - close / (inputs.index[i]?.close ?? close)));
      return { ...inputs, vvix: seriesOf(inputs, () => 60 + 4000 * meanOf(moves)) };
    }),
  },
  {
    name: "macro data without the delay of its publication",
    market: prepared((inputs) => ({
      ...inputs,
      rates: seriesOf(inputs, (_, place, all) => ((all[place + 30]?.close ?? 0) % 100) / 2000),
    })),
  },
  {
    name: "values as they were revised later",
    market: prepared((inputs) => ({
      ...inputs,
      vix: seriesOf(
        inputs,
        ({ close }, place, all) => 13 + (((all[place + 250]?.close ?? close) / close) % 1),
      ),
    })),
  },
  {
    name: "a gap filled from the value behind it",
    market: prepared((inputs) => ({
      ...inputs,
      vix: seriesOf(inputs, (_, place, all) => 12 + ((all[place - (place % 5) + 5]?.close ?? 0) % 5)),
    })),
  },
  {
    name: "expirations that only later history has",
    market: (data, honest) => {
      const sessions = new Set(data.inputs.index.map(({ date }) => date));
      const isThere = (expiration: CalendarDate): boolean => sessions.has(expiration);
      return {
        ...honest,
        view: (session) => {
          const view = honest.view(session);
          return { ...view, slice: (root, date) => (isThere(date) ? view.slice(root, date) : undefined) };
        },
      };
    },
  },
  {
    name: "the settlement before it is known",
    market: (_, honest) => ({
      ...honest,
      view: (session) => {
        const view = honest.view(session);
        const place = honest.sessions.indexOf(session);
        const next = honest.sessions[place + 1];
        const known = next && honest.settlement("SPXW", next, next)?.value;
        return { ...view, spot: known ?? view.spot };
      },
    }),
  },
  {
    name: "strikes that survived",
    market: (data, honest) => {
      const highest = Math.max(...data.inputs.index.map(({ high }) => high));
      return {
        ...honest,
        view: (session) => {
          const view = honest.view(session);
          return {
            ...view,
            slice: (root, expiration) => {
              const slice = view.slice(root, expiration);
              if (slice === undefined || root === "VIX") return slice;
              return {
                ...slice,
                quote: (right, strike) =>
                  strike / 1000 > 0.9 * highest ? undefined : slice.quote(right, strike),
              };
            },
          };
        },
      };
    },
  },
  {
    name: "the end of the data",
    market: seeing((view, { index, place }) => withVix(view, 12 + ((index.length - place) % 3))),
  },
  {
    name: "the largest move of the week to come",
    market: seeing((view, { index, place }) =>
      withVix(view, 12 + Math.min(...index.slice(place, place + 6).map(({ close }) => close)) / view.spot),
    ),
  },
];

describe("the search for knowledge of the future", () => {
  const config = preset("flagship");
  const cuts = ["2018-01-26", "2018-02-02", "2018-05-16", "2018-10-09", "2018-12-21", "2019-06-14"].map(
    calendarDate,
  );
  const plan = { config, from: calendarDate("2018-01-02"), cuts };

  it.each(CHEATS)("finds $name", ({ market }) => {
    const honest = falsifiable(short, config);
    const cheating = { ...honest, marketOf: (data: MarketData) => market(data, honest.marketOf(data)) };
    const leaks = findLeaks(cheating, plan);
    expect(leaks.length).toBeGreaterThan(0);
    expect(leaks.every(({ cut, session }) => session <= cut)).toBe(true);
  });

  it("has many cheats to find, and finds none where there is none", () => {
    expect(CHEATS.length).toBeGreaterThanOrEqual(12);
    expect(findLeaks(falsifiable(short, config), plan)).toEqual([]);
  });

  it("names the first session that was decided otherwise, and which future did it", () => {
    const honest = falsifiable(short, config);
    const cheat = seeing((_, { next }) => ({ spot: next?.close ?? 1 }));
    const cheating = { ...honest, marketOf: (data: MarketData) => cheat(data, honest.marketOf(data)) };
    const [cut = from] = cuts;
    expect(findLeaks(cheating, { ...plan, cuts: [cut] })).toEqual([
      { cut, session: cut, future: "deleted" },
      { cut, session: cut, future: "poisoned" },
    ]);
  });
});

describe("steward signal", () => {
  it.each(["2018-02-05", "2018-12-24"])("prints the same document of %s whatever follows it", (text) => {
    const session = calendarDate(text);
    const configuration = loadConfiguration({});
    const later = { ...poisonedAfter(bundled, session), fingerprint: "other" };
    expect(signalDocument(configuration, later, session)).toEqual(
      signalDocument(configuration, bundled, session),
    );
  });
});
