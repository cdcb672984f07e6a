// A record may not know its future. For every session of a year the record is computed on the full history, on a history that
// ends with the session, and on one whose later bars are poisoned; all three must be the same to the byte.

import { type Account, openAccount, runSessions } from "@steward/engine";
import { marketOf, volatilityHistory } from "@steward/market-model";
import { type CalendarDate, calendarDate, type IndexBar, instantAt, toLedger } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../apps/cli/src/config/load.ts";
import { loadMarketData } from "../apps/cli/src/market-data.ts";
import { signalDocument } from "../apps/cli/src/signal-document.ts";

const YEAR = "2018";
const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const bundled = await loadMarketData({ data: { store: false, files: {} } }, now);
const { index } = bundled.inputs;
const sessions = index.filter(({ date }) => date.startsWith(YEAR)).map(({ date }) => date);
/** Half a year before the first record, so that layers are held and rolled; a year and a half more to warm the model up. */
const firstSession = calendarDate("2017-07-03");
const history = index.filter(({ date }) => date >= "2016-01-04" && date < "2020-01-01");

function flagship(): StrategyConfig {
  const preset = presets["flagship"];
  if (preset === undefined) throw new Error("the flagship is a preset");
  return preset;
}

/** Runs the rules up to a session; every record on the way as text: anything that leaked would change it. */
function recordsOf(bars: readonly IndexBar[], to: CalendarDate): ReadonlyMap<CalendarDate, string> {
  const market = marketOf(volatilityHistory({ index: bars, indexSource: "bundled" }));
  const account = openAccount({ config: flagship(), startEquity: toLedger(1_000_000), keep: "ends" });
  const records = new Map<CalendarDate, string>();
  const recorder: Account = {
    run: account.run,
    step: (stepped, assessment) => {
      account.step(stepped, assessment);
      const { view, expectedRange, tiers, hedge } = assessment;
      const { rows, journal, ledger } = account.run();
      const paper = { row: rows.at(-1), events: journal.length, ledger };
      const offer = { volatility: view.volatility, expectedRange, tiers, cost: hedge?.yearlyUnitCost };
      if (view.session.date.startsWith(YEAR))
        records.set(view.session.date, JSON.stringify({ paper, offer }));
    },
  };
  runSessions(market, flagship(), { from: firstSession, to }, [recorder]);
  return records;
}

function poisoned(bars: readonly IndexBar[], session: CalendarDate): readonly IndexBar[] {
  return bars.map((bar, position) => {
    if (bar.date <= session) return bar;
    const close = position % 2 === 0 ? bar.close * 3 : bar.close / 3;
    return { ...bar, open: close, high: close * 1.5, low: close / 1.5, close };
  });
}

describe("a record of 2018", () => {
  const full = recordsOf(history, calendarDate("2019-12-31"));

  it("exists for every session of the year", () => {
    expect([...full.keys()]).toEqual(sessions);
    expect(sessions).toHaveLength(251);
  });

  it.each(sessions)("of %s does not know what comes after", (session) => {
    const known = full.get(session);
    const ended = history.filter(({ date }) => date <= session);
    expect(recordsOf(ended, session).get(session)).toBe(known);
    expect(recordsOf(poisoned(history, session), session).get(session)).toBe(known);
  });

  it("changes with what its own session brought, so that the comparison can fail", () => {
    const session = calendarDate("2018-06-15");
    const moved = history.map((bar) => (bar.date === session ? { ...bar, close: bar.low } : bar));
    expect(recordsOf(moved, session).get(session)).not.toBe(full.get(session));
  });
});

describe("steward signal", () => {
  it.each(["2018-02-05", "2018-12-24"])("prints the same document of %s whatever follows it", (text) => {
    const session = calendarDate(text);
    const configuration = loadConfiguration({});
    const later = {
      ...bundled,
      inputs: { ...bundled.inputs, index: poisoned(index, session) },
      fingerprint: "other",
    };
    expect(signalDocument(configuration, later, session)).toEqual(
      signalDocument(configuration, bundled, session),
    );
  });
});
