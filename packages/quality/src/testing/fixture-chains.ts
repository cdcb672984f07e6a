// Real chains from the folder of market data beside the checkout; nothing of it is copied into the repository.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { calendarDate, type Instant, instantAt, type QuoteFact, type Right, strike } from "@steward/model";

const OPTIONS = new URL("../../../../../shared/data/options/", import.meta.url);

/** A set of files of one source; `time` is the hour to which its quotes are put, New York, where the source says none. */
export interface FixtureSet {
  readonly name: string;
  readonly folder: string;
  readonly time: string;
  readonly note: string;
}

/** One snapshot of a fixture set. */
export interface FixtureChain {
  readonly date: string;
  readonly quotes: readonly QuoteFact[];
}

export const FIXTURE_SETS: readonly FixtureSet[] = [
  {
    name: "SPX 2019",
    folder: "spx_2019_cboe_delayed",
    time: "12:00",
    note: "28 intraday snapshots of unknown hour",
  },
  {
    name: "SPXW 2018",
    folder: "spxw_2018_eom_historicaloptiondata",
    time: "16:00",
    note: "40 closes, one expiration",
  },
  { name: "SPX 2011", folder: "spx_2011_ivolatility", time: "16:00", note: "4 closes" },
  { name: "SPX 2023", folder: "spx_cboe_quotedata", time: "16:15", note: "one table from after the close" },
  { name: "XSP 2023", folder: "xsp_cboe_quotedata", time: "16:15", note: "one table from after the close" },
  { name: "SPY 2023", folder: "spy_cboe_quotedata", time: "16:15", note: "one table from after the close" },
  { name: "VIX 2016", folder: "vix_2016_cboe_datashop", time: "15:45", note: "one snapshot of 15:45" },
  {
    name: "VXX 2016",
    folder: "vxx_2016_historicaloptiondata",
    time: "16:00",
    note: "12 closes; a root the model does not know",
  },
];

/** Whether the folder of real chains is there. */
export function hasFixtureChains(): boolean {
  return existsSync(OPTIONS);
}

/** The snapshots of a set, oldest first, at most so many. */
export function* readFixtureChains({ folder, time }: FixtureSet, most = 1000): Generator<FixtureChain> {
  const names = readdirSync(new URL(`${folder}/`, OPTIONS)).toSorted((a, b) => (a < b ? -1 : 1));
  for (const name of names.slice(0, most)) {
    const text = gunzipSync(readFileSync(new URL(`${folder}/${name}`, OPTIONS))).toString("utf8");
    yield { date: name.slice(0, 10), quotes: quotesOf(text, time) };
  }
}

function quotesOf(text: string, time: string): readonly QuoteFact[] {
  const [, ...lines] = text.trim().split(/\r?\n/);
  const instants = new Map<string, Instant>();
  return lines.map((line) => {
    const [date = "", underlying = "", root = "", expiration = "", points = "", letter = "", ...numbers] =
      line.split(",");
    const session = calendarDate(date);
    const at = instants.get(date) ?? instantAt(session, time, "America/New_York");
    instants.set(date, at);
    const [bid, ask, last, volume, openInterest, volatility, delta, gamma, theta, vega, underlyingPrice] =
      numbers.map((cell) => (cell === "" ? undefined : Number(cell)));
    const right: Right = letter === "C" ? "call" : "put";
    return {
      occurredAt: at,
      knownAt: at,
      session,
      underlying,
      root,
      expiration: calendarDate(expiration),
      strike: strike(Number(points)),
      right,
      bid: bid ?? Number.NaN,
      ask: ask ?? Number.NaN,
      last,
      volume,
      openInterest,
      volatility,
      delta,
      gamma,
      theta,
      vega,
      underlyingPrice,
    };
  });
}
