/** Reading the folder of real market data that lies beside the checkout. Nothing of it is copied into the repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  type CalendarDate,
  calendarDate,
  type DailyValue,
  type FutureSettlement,
  type IndexBar,
} from "@steward/model";

export const FIXTURES: URL = new URL("../../../shared/data/", import.meta.url);

export function hasFixtures(): boolean {
  return existsSync(FIXTURES);
}

/** One line of a table by column name; cells that the file leaves blank are empty. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a comma-separated file, gunzipped where its name says so. */
export function readRows(path: string): readonly Row[] {
  const bytes = readFileSync(new URL(path, FIXTURES));
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [header = "", ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
  });
}

/** The files of a folder, in order. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(new URL(folder, FIXTURES))
    .toSorted()
    .map((name) => `${folder}${name}`);
}

/** Daily bars of the S&P 500 from 2000 on, while the file has highs and lows. */
export function readIndex(): readonly IndexBar[] {
  return readRows("equity/spx.csv.gz")
    .filter((row) => (row["date"] ?? "") >= "2000" && row["source"] === "yahoo_ohlc")
    .map((row) => ({
      date: calendarDate(row["date"] ?? ""),
      open: Number(row["open"]),
      high: Number(row["high"]),
      low: Number(row["low"]),
      close: Number(row["close"]),
    }));
}

/** Closes of a volatility index. The first prints of VVIX, in 2006, are faulty and left out. */
export function readVolatilityIndex(name: string): readonly DailyValue[] {
  return readRows(`vol/${name}.csv`)
    .filter((row) => row["close"] !== "" && !(name === "vvix" && (row["date"] ?? "") < "2007"))
    .map((row) => ({ date: calendarDate(row["date"] ?? ""), value: Number(row["close"]) }));
}

/** VIX futures by contract: settlements to 2014-08-14, closing prices after. */
export function readFutures(): readonly FutureSettlement[] {
  return readRows("vx_futures/vx_by_contract_2004_2017.csv.gz")
    .map((row) => ({
      date: calendarDate(row["date"] ?? ""),
      expiration: calendarDate(row["expiry"] ?? ""),
      settle: Number(row["settle"] === "" ? row["close"] : row["settle"]),
    }))
    .filter(({ settle }) => settle > 0);
}

export function byDate(values: readonly DailyValue[]): ReadonlyMap<CalendarDate, number> {
  return new Map(values.map(({ date, value }) => [date, value]));
}
