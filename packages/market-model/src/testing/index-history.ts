import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  type CalendarDate,
  calendarDate,
  type DailyValue,
  type IndexBar,
  sessionsBetween,
} from "@steward/model";

/** The importers declare and read this package; its file is read here without going through a package of the same row. */
const installed = new URL("../../../../node_modules/", import.meta.url);
const bundled = new URL("vega-datasets/data/sp500-2000.csv", installed);
const fixtures = new URL("../../../../../shared/data/", import.meta.url);

/** Whether the folder of real market data is beside the checkout; tests that need it skip otherwise. */
export const hasFixtures: boolean = existsSync(fixtures);

/** S&P 500 daily bars of 2000 to 2020 from the installed package. */
export function bundledIndex(): readonly IndexBar[] {
  return barsOf(readFileSync(bundled, "utf8"));
}

/** One daily column of a fixture, counted from zero. */
export function fixtureSeries(path: string, column: number): readonly DailyValue[] {
  return readFixture(path)
    .slice(1)
    .map((line) => line.split(","))
    .filter((cells) => cells[column] !== undefined && cells[column] !== "")
    .map((cells) => ({ date: calendarDate(cells[0] ?? ""), value: Number(cells[column]) }));
}

/** A seeded path of an index from 1999 on: the same bars for the same seed. */
export function syntheticIndex(count: number, seed: number): readonly IndexBar[] {
  const random = uniform(seed);
  const normal = (): number => random() + random() + random() + random() + random() + random() - 3;
  let close = 1200;
  let deviation = 0.01;
  return sessionsBetween(calendarDate("1999-01-04"), calendarDate("2030-06-28"))
    .slice(0, count)
    .map((date) => {
      const open = close * (1 + 0.2 * deviation * normal());
      deviation = Math.max(0.004, deviation * (1 + 0.12 * normal()) + 0.05 * (0.01 - deviation));
      close *= 1 + deviation * 1.4 * normal();
      const spread = deviation * close * random();
      return { date, open, high: Math.max(open, close) + spread, low: Math.min(open, close) - spread, close };
    });
}

/** Uniform numbers in [0, 1): the generator of Park and Miller (1988). */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function readFixture(path: string): readonly string[] {
  const bytes = readFileSync(new URL(path, fixtures));
  const text = path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
  return text.trim().split("\n");
}

function barsOf(text: string): readonly IndexBar[] {
  return text
    .trim()
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [date = "", open, high, low, close] = line.split(",");
      return {
        date: calendarDate(date),
        open: Number(open),
        high: Number(high),
        low: Number(low),
        close: Number(close),
      };
    });
}

/** The position of a date among bars. */
export function positionOf(bars: readonly IndexBar[], date: string): number {
  return bars.findIndex((bar) => bar.date === (date as CalendarDate));
}
