import { type Facts, type FactTable, InvariantError, QUOTE_MEASURES } from "@steward/model";

/**
 * How a value is kept: `number` a double, `integer` 32 bits, `date` and `instant` as Parquet's own, `label` a text of few
 * kinds, `text` any other.
 */
export type ColumnKind = "number" | "integer" | "date" | "instant" | "label" | "text";

/** One column of a table; its name is the fact's property. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** How one kind of fact is stored. */
export interface TableSpec<Table extends FactTable = FactTable> {
  readonly name: Table;
  readonly columns: readonly Column[];
  /** What a fact is about: two facts of one source and key are the same thing, known at different times. */
  readonly key: readonly string[];
  /** Facts of one subject lie together: the folder of their partitions. */
  readonly subjectOf: (fact: Facts[Table]) => string;
}

/** A fact by property, for what is done alike to all of them. */
export type FactValues = Readonly<Record<string, string | number | undefined>>;

/** The same object, seen by property. */
export function valuesOf(fact: Facts[FactTable]): FactValues {
  return fact as unknown as FactValues;
}

const TIMES = columns("instant", "occurredAt", "knownAt");

/** The tables of the store. A column can be added at the end of a table; none may change or go. */
export const TABLES: { readonly [Table in FactTable]: TableSpec<Table> } = {
  quotes: {
    name: "quotes",
    key: ["occurredAt", "root", "expiration", "strike", "right"],
    subjectOf: ({ underlying, session }) => `${underlying}/${session}`,
    columns: [
      ...TIMES,
      ...columns("date", "session"),
      ...columns("label", "underlying", "root"),
      ...columns("date", "expiration"),
      ...columns("integer", "strike"),
      ...columns("label", "right"),
      ...columns("number", "bid", "ask", ...QUOTE_MEASURES),
    ],
  },
  bars: {
    name: "bars",
    key: ["session"],
    subjectOf: ({ series }) => series,
    columns: [
      ...TIMES,
      ...columns("label", "series"),
      ...columns("date", "session"),
      ...columns("number", "open", "high", "low", "close", "volume", "adjustedClose"),
    ],
  },
  futures: {
    name: "futures",
    key: ["expiration", "session"],
    subjectOf: ({ product }) => product,
    columns: [
      ...TIMES,
      ...columns("label", "product"),
      ...columns("date", "expiration", "session"),
      ...columns("number", "open", "high", "low", "close", "settle", "volume", "openInterest"),
    ],
  },
  observations: {
    name: "observations",
    key: ["period"],
    subjectOf: ({ series }) => series,
    columns: [
      ...TIMES,
      ...columns("label", "series"),
      ...columns("date", "period"),
      ...columns("number", "value"),
    ],
  },
  events: {
    name: "events",
    key: ["reference"],
    subjectOf: ({ kind }) => kind,
    columns: [
      ...TIMES,
      ...columns("label", "kind"),
      ...columns("text", "reference"),
      ...columns("date", "date"),
      ...columns("label", "status"),
      ...columns("text", "note"),
    ],
  },
  filings: {
    name: "filings",
    key: ["concept", "unit", "start", "end", "form", "accession"],
    subjectOf: ({ entity }) => entity,
    columns: [
      ...TIMES,
      ...columns("label", "entity"),
      ...columns("text", "concept"),
      ...columns("label", "unit"),
      ...columns("date", "start", "end"),
      ...columns("number", "value"),
      ...columns("label", "form"),
      ...columns("text", "accession"),
    ],
  },
};

function columns(kind: ColumnKind, ...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, kind }));
}

/** A text that tells a fact's key from all others of its subject. */
export function keyOf(fact: FactValues, { key }: TableSpec): string {
  return key.map((name) => fact[name] ?? "").join("|");
}

/** Whether two facts of one key say the same. */
export function saysTheSame(one: FactValues, other: FactValues, { columns, key }: TableSpec): boolean {
  return columns.every(({ name, kind }) => {
    return kind === "instant" || key.includes(name) || Object.is(one[name], other[name]);
  });
}

/** The fact's instant of knowledge. */
export function knownAtOf({ knownAt }: FactValues): number {
  if (typeof knownAt === "number") return knownAt;
  throw new InvariantError("a fact has an instant at which it became known");
}
