import { type FactTable, formatInstant, type Instant } from "@steward/model";
import type { MarketStore } from "@steward/store";
import { alignColumns, fixed } from "../text/format.ts";

/** What the store holds, a row for each table, source and underlying or series. */
export interface DataStatus {
  readonly schema: "steward/data-status@1";
  readonly folder: string;
  readonly imports: number;
  readonly holdings: readonly Holding[];
}

/** Facts of one table, source and series. */
export interface Holding {
  readonly table: FactTable;
  readonly source: string;
  readonly series: string;
  readonly facts: number;
  readonly partitions: number;
  readonly bytes: number;
  /** Of the first and the last fact, UTC. */
  readonly from: string;
  readonly to: string;
}

/** Sums up the catalogue; no file is opened. */
export function dataStatus(store: MarketStore): DataStatus {
  const groups = Map.groupBy(store.partitions(), ({ table, source, subject }) => {
    return JSON.stringify([table, source, subject.split("/")[0]]);
  });
  const holdings = [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, partitions]): readonly Holding[] => {
      const [first] = partitions;
      if (first === undefined) return [];
      const sum = (of: "rows" | "bytes"): number => partitions.reduce((total, part) => total + part[of], 0);
      return [
        {
          table: first.table,
          source: first.source,
          series: first.subject.split("/")[0] ?? first.subject,
          facts: sum("rows"),
          partitions: partitions.length,
          bytes: sum("bytes"),
          from: formatInstant(Math.min(...partitions.map(({ occurredFrom }) => occurredFrom)) as Instant),
          to: formatInstant(Math.max(...partitions.map(({ occurredTo }) => occurredTo)) as Instant),
        },
      ];
    });
  return {
    schema: "steward/data-status@1",
    folder: store.folder,
    imports: store.imports().length,
    holdings,
  };
}

/** The same for people. */
export function statusTable({ folder, imports, holdings }: DataStatus): readonly string[] {
  if (holdings.length === 0) {
    return [`${folder} is empty. steward data import FILE takes files in; see steward data import --help.`];
  }
  const rows = holdings.map(({ table, source, series, facts, from, to, bytes }) => [
    table,
    series,
    source,
    fixed(facts, 0),
    from.slice(0, 10),
    to.slice(0, 10),
    `${fixed(bytes / 1024, 0)} KiB`,
  ]);
  return [
    `${folder}, ${imports} imports`,
    "",
    ...alignColumns([["table", "series", "source", "facts", "from", "to", "size"], ...rows], 3),
  ];
}
