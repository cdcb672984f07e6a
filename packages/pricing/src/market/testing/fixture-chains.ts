import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { PairedQuote } from "../paired-quote.ts";
import { impliedForward } from "../parity.ts";
import { type SmilePoints, smilePoints, smilePointsOfVolatilities } from "../smile-points.ts";
import type { SmileTarget } from "../svi-fit.ts";

// Chains that are at hand where the product is developed and not part of the repository.
const folder = new URL("../../../../../../shared/data/options/", import.meta.url);

export const hasChains: boolean = existsSync(folder);

/** The gzipped tables of a folder, or the one table of that name. */
export function chainFiles(name: string): readonly string[] {
  if (!hasChains) return [];
  if (name.endsWith(".gz")) return existsSync(new URL(name, folder)) ? [name] : [];
  const own = new URL(`${name}/`, folder);
  return existsSync(own) ? readdirSync(own).map((file) => `${name}/${file}`) : [];
}

/** What a quoted chain gives each of its expirations to fit, in the order of the file; those without parity are left out. */
export function quotedTargets(name: string): readonly SmileTarget[] {
  const rows = readRows(name);
  const expirations = new Map<string, Map<number, PairedQuote>>();
  for (const row of rows) {
    const key = `${row["expiration"]} ${row["root"]}`;
    const strikes = expirations.get(key) ?? new Map<number, PairedQuote>();
    expirations.set(key, strikes);
    const strike = Number(row["strike"]);
    const [bid, ask] = [Number(row["bid"]), Number(row["ask"])];
    const { callBid = 0, callAsk = 0, putBid = 0, putAsk = 0 } = strikes.get(strike) ?? {};
    const isCall = row["right"] === "C";
    strikes.set(
      strike,
      isCall
        ? { strike, callBid: bid, callAsk: ask, putBid, putAsk }
        : { strike, callBid, callAsk, putBid: bid, putAsk: ask },
    );
  }
  const quoteDate = rows[0]?.["quote_date"] ?? "";
  return [...expirations].flatMap(([key, strikes]) => {
    const [expiration = "", root = ""] = key.split(" ");
    // Counted from 16:15 New York: the opening of the day is 0.28 days earlier on the clock, the close 0.01.
    const days = dayNumber(expiration) - dayNumber(quoteDate) - (root === "SPXW" ? 0.01 : 0.28);
    const quotes = [...strikes.values()];
    const parity = impliedForward(quotes);
    if (parity.kind !== "found" || days <= 0) return [];
    return [{ years: days / 365, forward: parity.forward, ...smilePoints(quotes, parity) }];
  });
}

/** The same of a table of bid and ask volatilities with forwards. */
export function volatilityTargets(name: string): readonly SmileTarget[] {
  const expirations = new Map<string, readonly Readonly<Record<string, string>>[]>();
  for (const row of readRows(name)) {
    const key = row["expiration"] ?? "";
    expirations.set(key, [...(expirations.get(key) ?? []), row]);
  }
  const decimal = (text: string | undefined): number | undefined =>
    text === undefined || text === "" ? undefined : Number(text);
  return [...expirations.values()].map((rows) => {
    const terms = { forward: Number(rows[0]?.["forward"]), years: Number(rows[0]?.["t_years"]) };
    const points: SmilePoints = smilePointsOfVolatilities(
      rows.map((row) => ({
        strike: Number(row["strike"]),
        bid: decimal(row["iv_bid"]),
        ask: decimal(row["iv_ask"]),
      })),
      terms,
    );
    return { ...terms, ...points };
  });
}

/** Rows with the columns that are read, which spares most of the time that tables take. */
function readRows(name: string): readonly Readonly<Record<string, string>>[] {
  const text = gunzipSync(readFileSync(new URL(name, folder))).toString("utf8");
  const [header = "", ...lines] = text.trim().split("\n");
  const columns = header.split(",").flatMap((column, i) => (READ.has(column) ? [[column, i] as const] : []));
  return lines.map((line) => {
    const cells = line.split(",");
    const row: Record<string, string> = {};
    for (const [column, i] of columns) row[column] = cells[i] ?? "";
    return row;
  });
}

const READ: ReadonlySet<string> = new Set([
  ...["quote_date", "root", "expiration", "strike", "right", "bid", "ask"],
  ...["t_years", "iv_bid", "iv_ask", "forward"],
]);

function dayNumber(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  // Days from civil (H. Hinnant).
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  );
}
