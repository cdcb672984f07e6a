import { spawnSync } from "node:child_process";
import { backtest, SHORT_VOL_SCALES } from "@steward/engine";
import { marketOf, volatilityHistory } from "@steward/market-model";
import { calendarDate, instantAt, toLedger } from "@steward/model";
import { presets, type StrategyConfig } from "@steward/strategy";
import { loadMarketData } from "../../apps/cli/src/market-data.ts";
import { median, seconds } from "./rounds.ts";
import type { Row } from "./row.ts";

/** The flagship over the whole bundled history, the memory that it takes, and every preset one after another. */
export async function backtestRows(): Promise<readonly Row[]> {
  const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
  const { index } = (await loadMarketData({ data: { store: false, files: {} } }, now)).inputs;
  const config = presets["flagship"];
  const from = index[0]?.date;
  const to = index.at(-1)?.date;
  if (config === undefined || from === undefined || to === undefined)
    throw new Error("the flagship runs on the bundled history");

  const secondsOf = (rules: StrategyConfig): number => {
    const history = volatilityHistory({ index, indexSource: "bundled" });
    const [low, central, high] = SHORT_VOL_SCALES.map((scale) =>
      marketOf(history, { shortVolScale: Number(scale) }),
    );
    if (low === undefined || central === undefined || high === undefined)
      throw new Error("three scales make three markets");
    const markets = { "0.95": low, "1.00": central, "1.05": high };
    const options = { startEquity: toLedger(1_000_000), from, to, seed: 42, resamples: 500 };
    return seconds(() => {
      backtest(markets, { config: rules, ...options });
    });
  };
  const times = [secondsOf(config), secondsOf(config), secondsOf(config)];
  const memory = process.resourceUsage().maxRSS / 1024;
  const all = Object.entries(presets).map(([name, rules]) => ({ name, time: secondsOf(rules) }));
  const together = all.reduce((sum, { time }) => sum + time, 0);
  const [first = 0, ...warm] = times;
  return [
    {
      area: "backtest",
      work: `flagship backtest, ${index.length} sessions`,
      engine: "eleven accounts in three markets, with intervals",
      speed: `${first.toFixed(2)} s`,
      seconds: first,
      accuracy: `warm runs ${warm.map((time) => time.toFixed(2)).join(", ")} s`,
    },
    {
      area: "backtest",
      work: "memory of these three runs",
      engine: "highest resident set",
      speed: `${memory.toFixed(0)} MB`,
    },
    {
      area: "backtest",
      work: `all ${all.length} presets, ${index.length} sessions each`,
      engine: "one after another, each with its accounts and intervals",
      speed: `${together.toFixed(2)} s`,
      seconds: together,
      accuracy: all.map(({ name, time }) => `${name} ${time.toFixed(2)}`).join(", "),
    },
  ];
}

/** From nothing to a record, as a person waits for it. */
export function coldStartRows(): readonly Row[] {
  const times = Array.from({ length: 5 }, () =>
    seconds(() => {
      spawnSync(process.execPath, ["apps/cli/bin/steward.js", "signal", "--session", "2018-02-05"]);
    }),
  );
  const time = median(times);
  return [
    {
      area: "cold start",
      work: "cold start to a record of 2018",
      engine: "steward signal, a replay of 4,552 sessions included",
      speed: `${time.toFixed(2)} s`,
      seconds: time,
    },
  ];
}
