// `npm run bench`: speed of the main jobs. Machines differ, so read the ratios: both sides of each are measured in one run, in
// turns, and the median of the rounds is taken.

import { spawnSync } from "node:child_process";
import { backtest, SHORT_VOL_SCALES } from "@steward/engine";
import { bundledIndex } from "@steward/importers";
import { modelledMarket, volatilityHistory } from "@steward/market-model";
import { toLedger } from "@steward/model";
import {
  type EuropeanOption,
  europeanGreeks,
  europeanImpliedVolatility,
  europeanPrice,
} from "@steward/pricing";
import { presets } from "@steward/strategy";
import { BlackScholes } from "@uqee/black-scholes";

const ROUNDS = 7;
const OPTIONS = 100_000;

interface Row {
  readonly work: string;
  readonly measured: string;
  readonly against: string;
}

function main(): void {
  const rows = [...pricingRows(), ...backtestRows(), coldStartRow()];
  const widths = [
    Math.max(...rows.map(({ work }) => work.length)),
    Math.max(...rows.map(({ measured }) => measured.length)),
  ];
  for (const { work, measured, against } of rows) {
    console.log(`${work.padEnd(widths[0] ?? 0)}  ${measured.padStart(widths[1] ?? 0)}  ${against}`);
  }
}

/** The fastest option package on the registry at full accuracy is the measure; it has no dividend yield. */
function pricingRows(): readonly Row[] {
  const options = sampleOptions();
  const prices = options.map(europeanPrice);
  const peer = new BlackScholes({ sigmaToPricePrecision: "double" });
  const peerOptions = options.map(({ right, spot, strike, years, volatility, rate }) => ({
    rate,
    sigma: volatility,
    strike,
    time: years,
    type: right,
    underlying: spot,
  }));

  const [greeks, peerGreeks] = alternate(
    () => sum(options, (option) => europeanGreeks(option).vega),
    () => sum(peerOptions, (option) => peer.option(option).vega),
  );
  const [implied, peerImplied] = alternate(
    () =>
      sum(options, (option, index) => volatilityOr(europeanImpliedVolatility(option, prices[index] ?? 0))),
    () => sum(peerOptions, (option, index) => peer.sigma({ ...option, price: prices[index] ?? 0 })),
  );
  return [
    {
      work: "European price and five Greeks, one core",
      measured: perSecond(greeks),
      against: ratio(peerGreeks, greeks, "@uqee/black-scholes"),
    },
    {
      work: "implied volatility, one core",
      measured: perSecond(implied),
      against: ratio(peerImplied, implied, "@uqee/black-scholes"),
    },
  ];
}

function backtestRows(): readonly Row[] {
  const index = bundledIndex();
  const config = presets["flagship"];
  const from = index[0]?.date;
  const to = index.at(-1)?.date;
  if (config === undefined || from === undefined || to === undefined)
    throw new Error("the flagship runs on the bundled history");

  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const history = volatilityHistory({ index, indexSource: "bundled" });
    const [low, central, high] = SHORT_VOL_SCALES.map((scale) =>
      modelledMarket(history, { shortVolScale: Number(scale) }),
    );
    if (low === undefined || central === undefined || high === undefined)
      throw new Error("three scales make three markets");
    const markets = { "0.95": low, "1.00": central, "1.05": high };
    times.push(
      seconds(() => {
        backtest(markets, { config, startEquity: toLedger(1_000_000), from, to, seed: 42, resamples: 1000 });
      }),
    );
  }
  const memory = process.resourceUsage().maxRSS / 1024;
  const accounts = "eleven accounts in three markets, with intervals; first run, warm runs";
  return [
    {
      work: `flagship backtest, ${index.length} sessions`,
      measured: `${(times[0] ?? 0).toFixed(2)} s`,
      against: `${accounts} ${times
        .slice(1)
        .map((time) => time.toFixed(2))
        .join(", ")} s`,
    },
    {
      work: "memory of this whole run",
      measured: `${memory.toFixed(0)} MB`,
      against: "highest resident set",
    },
  ];
}

function coldStartRow(): Row {
  const times = Array.from({ length: 5 }, () =>
    seconds(() => {
      spawnSync(process.execPath, ["apps/cli/bin/steward.js", "signal", "--session", "2018-02-05"]);
    }),
  );
  return {
    work: "cold start to a record of 2018",
    measured: `${median(times).toFixed(2)} s`,
    against: "a replay of 4,552 sessions included",
  };
}

/** SPX-like options from a fixed seed: strikes within a third of spot, a day to two years, 8 to 80 % volatility. */
function sampleOptions(): readonly EuropeanOption[] {
  let state = 20180205;
  const draw = (low: number, high: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 4294967296;
  };
  return Array.from({ length: OPTIONS }, () => {
    const strike = draw(4000, 8000);
    return {
      right: strike > 6000 ? "call" : "put",
      spot: 6000,
      strike,
      years: draw(1 / 365, 2),
      volatility: draw(0.08, 0.8),
      rate: draw(0, 0.06),
      dividendYield: 0,
    };
  });
}

/** Seconds of both, the median of rounds in which they take turns. */
function alternate(left: () => number, right: () => number): readonly [number, number] {
  const times: [number[], number[]] = [[], []];
  let sink = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(seconds(() => (sink += left())));
    times[1].push(seconds(() => (sink += right())));
  }
  if (Number.isNaN(sink)) throw new Error("a bench that computes nothing measures nothing");
  return [median(times[0].slice(1)), median(times[1].slice(1))];
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function sum<Value>(values: readonly Value[], of: (value: Value, index: number) => number): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value !== undefined) total += of(value, index);
  }
  return total;
}

function volatilityOr(outcome: ReturnType<typeof europeanImpliedVolatility>): number {
  return outcome.kind === "found" ? outcome.volatility : 0;
}

function perSecond(time: number): string {
  return `${(OPTIONS / time / 1e6).toFixed(2)} M/s`;
}

function ratio(peer: number, own: number, name: string): string {
  return `${(peer / own).toFixed(2)} x ${name}`;
}

main();
