import { calendarDate, type SeriesProvenance } from "@steward/model";
import { describe, expect, it } from "vitest";
import { type MarketInputs, volatilityHistory } from "./index.ts";
import { provenanceOf } from "./provenance.ts";
import { bundledIndex } from "./testing/index-history.ts";

const index = bundledIndex().filter(({ date }) => date >= "2019-01-01");
const first = index[0]?.date;
const last = index.at(-1)?.date;

function rowsOf(series: string, supplied: Partial<MarketInputs>): readonly SeriesProvenance[] {
  const history = volatilityHistory({ index, indexSource: "bundled", ...supplied });
  return provenanceOf(history).filter((row) => row.series === series);
}

describe.each([
  ["rates", "rates", "federal funds target"],
  ["dividends", "dividendYields", "1.7 % a year"],
] as const)("provenance of %s", (series, name, model) => {
  const supplied = (...dates: readonly string[]): Partial<MarketInputs> => ({
    [name]: {
      values: dates.map((date) => ({ date: calendarDate(date), value: 0.02 })),
      source: "imported",
      detail: "a file",
    },
  });

  it("is modelled where nothing is supplied", () => {
    expect(rowsOf(series, {})).toMatchObject([{ source: "modelled", from: first, to: last }]);
  });

  it("is real from the first known value on, and modelled before", () => {
    const rows = rowsOf(series, supplied("2019-06-01", "2019-07-01"));
    expect(rows).toMatchObject([
      { source: "imported", from: "2019-06-03", to: last, detail: "a file" },
      { source: "modelled", from: first, to: "2019-05-31" },
    ]);
    expect(rows[1]?.detail).toContain(model);
    expect(rows[1]?.detail).toContain(`of ${index.length} sessions)`);
  });

  it("is real alone where a value was known before the first session", () => {
    expect(rowsOf(series, supplied("2018-12-28"))).toMatchObject([
      { source: "imported", from: first, to: last },
    ]);
  });

  it("is modelled alone where no value was known in time", () => {
    expect(rowsOf(series, supplied("2100-01-04"))).toMatchObject([
      { source: "modelled", from: first, to: last },
    ]);
  });
});
