import { csvRows } from "../csv-rows.ts";
import { readDay } from "../dates.ts";
import type { Format, Parsed, Remark, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { sameEveningOf } from "../known-at.ts";
import { headerAndRow } from "../opening-lines.ts";
import { leftOut, parseRows, readOptional } from "../row-reading.ts";
import type { Row } from "../table.ts";

/**
 * Breadth by the day: `date` and either counts in pairs (`nyse_adv,nyse_dec`) or shares (`pct_above_200d`). A day that counts
 * fewer than half of the issues of the fullest day before is a part of a day and left out; the zeros before a share's first
 * value are its average warming up. Series are the columns in capitals.
 */
export const breadthCounts: Format = {
  id: "breadth-counts",
  title: "Advances and declines, or shares above an average, by the day",
  vendor: "table",
  recognizes: (opening) => HEADER.test(headerAndRow(opening).header),
  read: async function* (source) {
    let names: readonly string[] = [];
    const columns = (header: readonly string[]): readonly string[] => {
      names = header.map((name) => name.toLowerCase());
      if (!HEADER.test(names.join(",")) || new Set(names).size !== names.length) {
        throw notThis(
          source,
          "date and columns as nyse_adv or pct_above_200d",
          header.join(",").slice(0, 100),
        );
      }
      return names;
    };
    let readRow: ((row: Row) => readonly (Parsed | Remark)[]) | undefined;
    for await (const batch of csvRows(source, { columns })) {
      readRow ??= names[1]?.startsWith("pct_") ? shareReader(names, source) : countReader(names, source);
      yield parseRows(batch, readRow);
    }
  },
};

const HEADER = /^date(?:(?:,[a-z0-9_]+_(?:adv|dec))+|(?:,pct_[a-z0-9_]+)+)$/i;

function countReader(names: readonly string[], source: Source): (row: Row) => readonly (Parsed | Remark)[] {
  let fullest = 0;
  return (row) => {
    const facts = factsOf(row, names, source);
    const issues = facts.reduce((sum, { fact: { value } }) => sum + value, 0);
    if (issues < fullest / 2) {
      const message = `${issues} issues are fewer than half of the ${fullest} of a full day`;
      return [leftOut(row.line, "breadth.partial-day", message)];
    }
    fullest = Math.max(fullest, issues);
    return facts;
  };
}

function shareReader(names: readonly string[], source: Source): (row: Row) => readonly (Parsed | Remark)[] {
  const begun = new Set<string>();
  return (row) =>
    factsOf(row, names, source).map((parsed) => {
      const { series, value } = parsed.fact;
      if (value !== 0) begun.add(series);
      if (begun.has(series)) return parsed;
      return leftOut(row.line, "breadth.warm-up", `${series} has no history yet: its zeros are none`);
    });
}

type Observation = Extract<Parsed, { readonly table: "observations" }>;

function factsOf(row: Row, names: readonly string[], source: Source): readonly Observation[] {
  const period = readDay(row, "date", source.name);
  return names.slice(1).flatMap((name): readonly Observation[] => {
    const value = readOptional(row, name, source.name);
    if (value === undefined) return [];
    const fact = { series: name.toUpperCase(), period, value, ...sameEveningOf(period) };
    return [{ table: "observations", line: row.line, fact }];
  });
}
