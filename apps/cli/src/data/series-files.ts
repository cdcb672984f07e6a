import {
  BUNDLED_INDEX_DETAIL,
  bundledEvents,
  bundledIndex,
  fileSource,
  readSource,
} from "@steward/importers";
import type { Located } from "@steward/market-model";
import {
  type BarFact,
  type EventFact,
  type Facts,
  type FactTable,
  Failure,
  type Instant,
} from "@steward/model";
import type { DataFiles } from "../config/load.ts";
import { BAR_SERIES, type FoundSeries, FUTURES_PRODUCT, type SeriesPlace } from "./market-series.ts";

/** The files that a configuration names. */
export function namedFiles(files: DataFiles, now: Instant): SeriesPlace {
  return {
    bars: async (name) => {
      const path = files[name];
      return path === undefined ? undefined : found(path, await barRows(path, BAR_SERIES[name], now));
    },
    futures: async () => {
      const path = files.vixFutures;
      if (path === undefined) return undefined;
      const source = await fileSource(path);
      const { facts } = await readSource(source, { importedAt: now, series: FUTURES_PRODUCT });
      return found(path, rowsOf("futures", facts, path));
    },
  };
}

/** The index that comes with the product. */
export async function bundledBars(now: Instant): Promise<FoundSeries<BarFact>> {
  const source = await bundledIndex();
  const { facts } = await readSource(source, {
    importedAt: now,
    series: BAR_SERIES.index,
    format: "series-table",
  });
  return { rows: rowsOf("bars", facts, source.name), source: "bundled", detail: BUNDLED_INDEX_DETAIL };
}

/** The calendar of events that comes with the product. */
export async function bundledEventFacts(now: Instant): Promise<readonly EventFact[]> {
  const source = await bundledEvents();
  const { facts } = await readSource(source, { importedAt: now, format: "event-facts" });
  return rowsOf("events", facts, source.name).map(({ fact }) => fact);
}

/** A series of values, as FRED has VIX, is one of closes. */
async function barRows(path: string, series: string, now: Instant): Promise<readonly Located<BarFact>[]> {
  const source = await fileSource(path);
  const { facts } = await readSource(source, { importedAt: now, series });
  const values = rowsOf("observations", facts, path).map(({ fact, line }) => {
    const { period, value, occurredAt, knownAt } = fact;
    return {
      fact: { series: fact.series, session: period, close: value, occurredAt, knownAt },
      path,
      line,
    };
  });
  const rows = [...rowsOf("bars", facts, path), ...values];
  const several = [...new Set(rows.map(({ fact }) => fact.series))];
  if (several.length > 1) {
    const message = `${path}: expected one series, found ${several.join(", ")}`;
    throw new Failure("data.malformed", message, { details: { path } });
  }
  return rows;
}

type ReadFacts = Awaited<ReturnType<typeof readSource>>["facts"];

function rowsOf<Table extends FactTable>(
  table: Table,
  facts: ReadFacts,
  path: string,
): readonly Located<Facts[Table]>[] {
  return facts.flatMap((parsed) => {
    return parsed.table === table ? [{ fact: parsed.fact as Facts[Table], path, line: parsed.line }] : [];
  });
}

function found<Fact>(path: string, rows: readonly Located<Fact>[]): FoundSeries<Fact> {
  // Folders are the user's own business and would make two machines' bytes differ.
  return { rows, source: "imported", detail: path.split(/[\\/]/).at(-1) ?? path };
}
