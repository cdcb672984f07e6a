import { type CalendarDate, type FactTimes, fromDayNumber, type Instant, wallClock } from "@steward/model";
import { barOf } from "../bar-reading.ts";
import { parseDay } from "../dates.ts";
import type { Format, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { type JsonObject, notThis, readJson } from "../json-records.ts";
import { batchesOf, fieldsOf, listOf, numberOf, textOf } from "../json-values.ts";
import { closeOf, endOfDay, optionsCloseOf } from "../known-at.ts";
import { leftOut, refused } from "../row-reading.ts";
import { canonicalSeries } from "../series-name.ts";

/**
 * Yahoo's chart of daily bars (`v8/finance/chart/SPY?interval=1d&events=div,splits`). Times are seconds in Universal Time of
 * the opening and are dated in the exchange's zone; a null is no value; a bar that is not over at the import is left out.
 * Prices are adjusted for splits, `adjclose` for dividends too. Dividends and splits become events of the ex-date.
 */
export const yahooChart: Format = {
  id: "yahoo-chart",
  title: "Yahoo chart JSON, v8/finance/chart/SPY",
  vendor: "yahoo",
  recognizes: ({ text }) => /^\s*\{\s*"chart"\s*:\s*\{\s*"(?:result|error)"\s*:/.test(text),
  read: async function* (source, options) {
    const { value, bytesRead } = await readJson(source);
    const chart = fieldsOf(fieldsOf(value)["chart"]);
    const result = fieldsOf(listOf(chart["result"])?.[0]);
    const error = textOf(fieldsOf(chart["error"])["description"]);
    if (error !== undefined) throw notThis(source, "a chart", `the answer "${error}"`);
    yield* batchesOf(outcomesOf(result, source, options), bytesRead);
  },
};

function* outcomesOf(result: JsonObject, source: Source, options: ReadOptions): Generator<Parsed | Remark> {
  const meta = fieldsOf(result["meta"]);
  const symbol = options.series ?? textOf(meta["symbol"]);
  if (symbol === undefined) throw notThis(source, "a chart with its symbol", "none");
  const interval = textOf(meta["dataGranularity"]) ?? "1d";
  if (interval !== "1d") throw notThis(source, "daily bars", interval);
  const context: Context = {
    series: canonicalSeries(symbol),
    zone: textOf(meta["exchangeTimezoneName"]) ?? "America/New_York",
    kind: textOf(meta["instrumentType"]) ?? "EQUITY",
    importedAt: options.importedAt,
  };
  if (dayIn(context.zone, 0) === undefined) throw notThis(source, "a time zone", context.zone);
  yield* barsOf(result, context, source);
  yield* eventsOf(fieldsOf(result["events"]), context);
}

interface Context {
  readonly series: string;
  readonly zone: string;
  readonly kind: string;
  readonly importedAt: Instant;
}

function* barsOf(result: JsonObject, context: Context, source: Source): Generator<Parsed | Remark> {
  const stamps = listOf(result["timestamp"]) ?? [];
  const indicators = fieldsOf(result["indicators"]);
  const quote = fieldsOf(listOf(indicators["quote"])?.[0]);
  const adjusted = listOf(fieldsOf(listOf(indicators["adjclose"])?.[0])["adjclose"]);
  const column = (name: string): readonly unknown[] => listOf(quote[name]) ?? [];
  if (stamps.length > 0 && column("close").length !== stamps.length) {
    throw notThis(source, `${stamps.length} closes, one to a time`, `${column("close").length}`);
  }
  let previous: CalendarDate | undefined;
  for (const [i, stamp] of stamps.entries()) {
    const line = i + 1;
    const session = dayIn(context.zone, numberOf(stamp));
    if (session === undefined) {
      yield refused(line, "table.unreadable", `expected a time in seconds, found ${JSON.stringify(stamp)}`);
      continue;
    }
    const times = timesOf(session, context);
    if (session === previous)
      yield leftOut(line, "bars.repeated", `${session} comes twice; the first is kept`);
    else if (times.knownAt > context.importedAt) {
      yield leftOut(line, "bars.unfinished", `${session} was not over at the import`);
    } else {
      const [open, high, low, close, volume] = ["open", "high", "low", "close", "volume"].map((name) =>
        numberOf(column(name)[i]),
      );
      const rest = { volume, adjustedClose: numberOf(adjusted?.[i]), times, allDays: !isAmerican(context) };
      yield* barOf({ line, series: context.series, session, open, high, low, close, ...rest });
    }
    previous = session;
  }
}

/** Funds and stocks close with the exchange, indices with the options; whatever else is over at the end of the day. */
function timesOf(session: CalendarDate, context: Context): FactTimes {
  if (!isAmerican(context)) return endOfDay(session);
  return context.kind === "INDEX" && context.series !== "SPX" ? optionsCloseOf(session) : closeOf(session);
}

function isAmerican({ zone, kind }: Context): boolean {
  return /^America\/(?:New_York|Chicago)$/.test(zone) && ["EQUITY", "ETF", "INDEX"].includes(kind);
}

/** The date in a zone at a second of Universal Time, or undefined where there is none. */
function dayIn(zone: string, seconds: number | undefined): CalendarDate | undefined {
  if (seconds === undefined || Math.abs(seconds) > 7e9) return undefined;
  if (zone === "UTC") return fromDayNumber(Math.floor(seconds / 86_400));
  if (zone === "America/New_York" && seconds > 0) {
    return wallClock(Math.round(seconds * 1e6) as Instant, "America/New_York").date;
  }
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, calendar: "gregory", numberingSystem: "latn" },
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    });
    return parseDay(format.format(seconds * 1000));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function* eventsOf(events: JsonObject, context: Context): Generator<Parsed | Remark> {
  for (const kind of ["dividend", "split"] as const) {
    for (const [i, event] of Object.values(fieldsOf(events[`${kind}s`])).entries()) {
      const fields = fieldsOf(event);
      const date = dayIn(context.zone, numberOf(fields["date"]));
      const note = kind === "dividend" ? amountOf(fields) : ratioOf(fields);
      if (date === undefined || note === undefined) {
        yield refused(i + 1, "events.unreadable", `expected a ${kind} with its date and size`);
        continue;
      }
      const times = closeOf(date);
      const reference = `${context.series} ${date}`;
      yield {
        table: "events",
        line: i + 1,
        fact: { kind, reference, date, status: "scheduled", note, ...times },
      };
    }
  }
}

function amountOf(fields: JsonObject): string | undefined {
  const amount = numberOf(fields["amount"]);
  return amount === undefined ? undefined : String(amount);
}

function ratioOf(fields: JsonObject): string | undefined {
  const [to, from] = [numberOf(fields["numerator"]), numberOf(fields["denominator"])];
  return to === undefined || from === undefined || to <= 0 || from <= 0 ? undefined : `${to}:${from}`;
}
