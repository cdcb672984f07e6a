import { basename } from "node:path";
import { type CalendarDate, type FactTimes, Failure } from "@steward/model";
import type { ReadOptions, Source } from "./format.ts";
import { closeOf, endOfDay, optionsCloseOf } from "./known-at.ts";

/** The name of a file's series: the one that was told, or what the file is called without ornaments, `etf_SPY.csv.gz` → SPY. */
export function seriesOfFile({ name }: Source, { series }: ReadOptions): string {
  const found = canonicalSeries(
    series ?? stemOf(name).replace(ORNAMENTS_BEFORE, "").replace(ORNAMENTS_AFTER, ""),
  );
  if (found !== "") return found;
  const message = `${name}: expected a file named for its series, as VIX.csv, or --series`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

const ORNAMENTS_BEFORE = /^(?:etf|adjclose|index|daily)[_-]/i;
const ORNAMENTS_AFTER = /[_-](?:history|daily|monthly|weekly|d|us_d)$|\.us$/i;

/** A symbol as the series are called here: capitals, without a caret or an underscore before it, and ^GSPC is SPX. */
export function canonicalSeries(symbol: string): string {
  const bare = symbol
    .trim()
    .replace(/^[\^_]+/, "")
    .toUpperCase();
  return ALIASES.get(bare) ?? bare;
}

/** Yahoo's name of the index that everybody else calls SPX. */
const ALIASES: ReadonlyMap<string, string> = new Map([["GSPC", "SPX"]]);

/** The file's name without folder, query and endings. */
export function stemOf(name: string): string {
  return basename(name.replace(/[?#].*$/, "")).replace(/(?:\.(?:csv|txt|json|gz|tsv))+$/i, "");
}

/**
 * When a session of a series was over: coins and currencies at the end of the day in Universal Time, volatility indices at
 * the close of options, everything else at the close of stocks.
 */
export function barTimesOf(series: string, session: CalendarDate): FactTimes {
  if (isAroundTheClock(series)) return endOfDay(session);
  return VOLATILITY.test(series) ? optionsCloseOf(session) : closeOf(session);
}

/** Whether the series trades on days on which the exchanges are closed: coins, currencies and the dollar index. */
export function isAroundTheClock(series: string): boolean {
  return /(?:-USD|=X)$|^DXY$|DVOL$/.test(series);
}

/** Indices that Cboe computes from options until 16:15. */
const VOLATILITY = /VIX|^V?(?:SKEW|OVX|GVZ|RVX|VXN|VXD|DSPX|SDEX|TDEX)|^COR\d|^VX(?:EEM|AZN|APL|GS|GOG|IBM)$/;

/** A parameter of a source's address, `series_id` of `…/observations?series_id=CPIAUCSL`. */
export function parameterOf(name: string, parameter: string): string | undefined {
  const found = new RegExp(`[?&]${parameter}=([^&#]+)`, "i").exec(name)?.[1];
  return found?.replace(/%5E/gi, "^");
}
