import { Failure, fromDayNumber } from "@steward/model";
import { barOf } from "../bar-reading.ts";
import type { Format, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { notThis, readJson } from "../json-records.ts";
import { batchesOf, fieldsOf, listOf, numberOf, textOf } from "../json-values.ts";
import { endOfDay } from "../known-at.ts";
import { leftOut, refused } from "../row-reading.ts";
import { parameterOf, stemOf } from "../series-name.ts";

/**
 * Deribit's volatility index by the day (`get_volatility_index_data?currency=BTC&resolution=1D`): `[time, open, high, low,
 * close]` with times in milliseconds of Universal Time. The coin stands in the address or the file's name alone; the series
 * are `BTCDVOL` and `ETHDVOL`. A day that is not over at the import is left out.
 */
export const deribitDvol: Format = {
  id: "deribit-dvol",
  title: "Deribit volatility index JSON, one day a bar",
  vendor: "deribit",
  recognizes: ({ text }) =>
    /"result"\s*:\s*\{[^{}]*"data"\s*:\s*\[\s*\[\s*\d{12,13}\s*,/.test(text.slice(0, 4096)),
  read: async function* (source, options) {
    const { value, bytesRead } = await readJson(source);
    const document = fieldsOf(value);
    const error = textOf(fieldsOf(document["error"])["message"]);
    if (error !== undefined) throw notThis(source, "values of the index", `the answer "${error}"`);
    const records = listOf(fieldsOf(document["result"])["data"]);
    if (records === undefined) throw notThis(source, "result.data", "none");
    yield* batchesOf(barsOf(records, seriesOf(source, options), options), bytesRead);
  },
};

function seriesOf({ name }: Source, { series }: ReadOptions): string {
  if (series !== undefined) return series.toUpperCase();
  const coin =
    parameterOf(name, "currency") ?? /(?:^|[^a-z])(btc|eth)(?![a-z])|^(btc|eth)/i.exec(stemOf(name))?.[0];
  const found = coin?.replace(/[^a-z]/gi, "");
  if (found !== undefined && found !== "") return `${found.toUpperCase()}DVOL`;
  const message = `${name}: expected the coin in the name, as dvol_btc.json, or --series`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

const DAY_MS = 86_400_000;

function* barsOf(
  records: readonly unknown[],
  series: string,
  options: ReadOptions,
): Generator<Parsed | Remark> {
  for (const [i, record] of records.entries()) {
    const line = i + 1;
    const cells = listOf(record) ?? [];
    const [time, open, high, low, close] = cells.map(numberOf);
    if (time === undefined || close === undefined || cells.length !== 5 || time < 0 || time > 7e12) {
      yield refused(line, "table.unreadable", "expected a time and four values");
      continue;
    }
    if (time % DAY_MS !== 0) {
      yield refused(
        line,
        "bars.not-daily",
        `expected the beginning of a day, found ${time}: ask for resolution 1D`,
      );
      continue;
    }
    const session = fromDayNumber(time / DAY_MS);
    const times = endOfDay(session);
    if (times.knownAt > options.importedAt) {
      yield leftOut(line, "bars.unfinished", `${session} was not over at the import`);
    } else yield* barOf({ line, series, session, open, high, low, close, times, allDays: true });
  }
}
