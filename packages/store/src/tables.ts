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
  /** Facts that agree in these lie together: the folder of their partitions. */
  readonly subject: readonly (keyof Facts[Table] & string)[];
  /** The values in the order of the columns; found by name, if left out, which takes twice as long. */
  readonly rowOf?: (fact: FactValues) => readonly FactValue[];
}

/** A value of a fact. */
export type FactValue = string | number | undefined;

/** A fact by property, for what is done alike to all of them. */
export type FactValues = Readonly<Record<string, FactValue>>;

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
    subject: ["underlying", "session"],
    rowOf: quoteRow,
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
    subject: ["series"],
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
    subject: ["product"],
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
    subject: ["series"],
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
    subject: ["kind"],
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
    subject: ["entity"],
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

function quoteRow(quote: FactValues): readonly FactValue[] {
  const { occurredAt, knownAt, session, underlying, root, expiration, strike, right } = quote;
  const { bid, ask, bidSize, askSize, last, volume, openInterest, volatility } = quote;
  const { delta, gamma, vega, theta, rho, underlyingPrice } = quote;
  // biome-ignore format: as the columns
  return [
    occurredAt, knownAt, session, underlying, root, expiration, strike, right,
    bid, ask, bidSize, askSize, last, volume, openInterest, volatility,
    delta, gamma, vega, theta, rho, underlyingPrice,
  ];
}

/** What a fact's partition is named after. */
export function subjectOf(fact: FactValues, { subject }: TableSpec): string {
  return subject.map((name) => fact[name]).join("/");
}

/** The same for neighbours, without building the names. */
export function areOfOneSubject(one: FactValues, other: FactValues, { subject }: TableSpec): boolean {
  return subject.every((name) => one[name] === other[name]);
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
