import { Failure } from "@steward/model";
import type { ReadOptions, Source } from "../format.ts";
import { notThis } from "../json-records.ts";

/** What a table of a series holds, and in which columns. */
export interface Layout {
  readonly kind: "futures" | "bars" | "observations";
  /** Every column's name in small letters with underscores. */
  readonly names: readonly string[];
  readonly fields: Fields;
  /** Of observations: the columns of values. */
  readonly values: readonly string[];
}

/** Our fields by the columns that hold them. */
export type Fields = { readonly [Field in FieldName]?: string | undefined };

type FieldName =
  | "date"
  | "series"
  | "expiration"
  | "open"
  | "high"
  | "low"
  | "close"
  | "adj_close"
  | "settle"
  | "volume"
  | "open_interest"
  | "value";

/** What files call a field; the first that is there is taken. */
const NAMES: Readonly<Record<FieldName, readonly string[]>> = {
  date: ["date", "trade_date", "observation_date", "session", "day", "period", "ref_month", "month"],
  series: ["series", "ticker"],
  expiration: ["expiration", "expiry", "expiration_date", "settlement_date"],
  open: ["open"],
  high: ["high"],
  low: ["low"],
  close: ["close", "close/last"],
  adj_close: ["adj_close", "adjusted_close", "adjclose"],
  settle: ["settle", "settlement", "settlement_price"],
  volume: ["volume", "total_volume"],
  open_interest: ["open_interest", "oi"],
  value: ["value"],
};

const FIELD_NAMES = Object.keys(NAMES) as readonly FieldName[];

/** Columns that say where a row is from, and none of what it holds. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  "source",
  "close_source",
  "note",
  "contract",
  "code",
  "currency",
  "index",
  "",
]);

/**
 * Decides what a header's columns hold. Fails with `input.invalid` where the map names what is not there, and with
 * `data.malformed` where no column is a date or none a value.
 */
export function layoutOf(header: readonly string[], source: Source, { columns }: ReadOptions): Layout {
  const names = header.map(plainName);
  const repeated = names.filter((name, i) => name !== "" && names.indexOf(name) !== i);
  if (repeated.length > 0) throw notThis(source, "each column once", `${repeated.join(", ")} twice`);
  const fields = columns === undefined ? fieldsOfHeader(names) : mappedFields(columns, names, source);
  const found = names.join(",").slice(0, 100) || "nothing";
  if (fields.date === undefined) throw notThis(source, "a column date", found);
  if (fields.expiration !== undefined && (fields.settle !== undefined || fields.close !== undefined)) {
    return { kind: "futures", names, fields, values: [] };
  }
  if (fields.close !== undefined) return { kind: "bars", names, fields, values: [] };
  const mapped = fields.value === undefined ? [] : [fields.value];
  const own = names.filter((name) => name !== fields.date && !PASSED_OVER.has(name));
  const values = columns === undefined ? own : mapped;
  if (values.length === 0) throw notThis(source, "a column close, value or of another name", found);
  return { kind: "observations", names, fields, values };
}

/** The fields that plain names of columns tell by themselves. */
export function fieldsOfHeader(header: readonly string[]): Fields {
  const names = header.map(plainName);
  const fields: { [Field in FieldName]?: string } = {};
  for (const field of FIELD_NAMES) {
    const column = NAMES[field].find((name) => names.includes(name));
    if (column !== undefined) fields[field] = column;
  }
  return fields;
}

function mappedFields(
  map: Readonly<Record<string, string>>,
  names: readonly string[],
  source: Source,
): Fields {
  const fields: { [Field in FieldName]?: string } = {};
  for (const [key, column] of Object.entries(map)) {
    const field = FIELD_NAMES.find((name) => name === key);
    const name = plainName(column);
    if (field === undefined || !names.includes(name)) {
      const expected = field === undefined ? `a field of ${FIELD_NAMES.join(", ")}` : `a column ${column}`;
      const found = field === undefined ? key : names.join(", ");
      const message = `${source.name}: expected ${expected}, found ${found}`;
      throw new Failure("input.invalid", message, { details: { path: source.name } });
    }
    fields[field] = name;
  }
  return fields;
}

function plainName(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, "_");
}
