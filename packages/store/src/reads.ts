// What the market looked like at an instant: questions to the store in the field's own terms.

import type {
  BarFact,
  CalendarDate,
  EventFact,
  Facts,
  FactTable,
  FilingFact,
  FutureFact,
  Instant,
  ObservationFact,
  OptionContract,
  QuoteFact,
  Right,
} from "@steward/model";
import { type Batch, factsOf } from "./batch.ts";
import type { Partition } from "./catalogue.ts";
import type { Versions } from "./query.ts";
import type { MarketStore } from "./store.ts";

/** What every question names. */
export interface Asked {
  /** The instant whose knowledge is asked for. */
  readonly asOf: Instant;
  /** Of this source alone. If left out, the source that holds most of the subject answers, and the answer names it. */
  readonly source?: string | undefined;
  /** `first`: every fact as first released; else as last revised. Both as the instant knew them. */
  readonly versions?: Versions | undefined;
}

/** An answer and whose it is. */
export interface Answer<Result> {
  readonly source: string;
  readonly facts: Result;
}

/** A range of sessions or periods, both ends included. */
export interface Range {
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
}

/** All contracts of an underlying at one instant, as columns in the order of root, expiration, strike and right. */
export interface StoredChain {
  readonly source: string;
  readonly session: CalendarDate;
  /** When the quotes stood. */
  readonly occurredAt: Instant;
  readonly quotes: Batch;
}

/** The last chain of a session that was known at an instant. */
export async function chainOf(
  store: MarketStore,
  { underlying, session, ...asked }: Asked & { readonly underlying: string; readonly session: CalendarDate },
): Promise<StoredChain | undefined> {
  const subject = `${underlying}/${session}`;
  const source = sourceOf(store, "quotes", { subject, ...asked });
  if (source === undefined) return undefined;
  const held = store.partitionsOf("quotes", subject, asked.asOf).filter((part) => part.source === source);
  const occurredAt = await lastInstant(store, held, asked.asOf);
  if (occurredAt === undefined) return undefined;
  const where = `"occurredAt" = make_timestamp(CAST(${occurredAt} AS BIGINT))`;
  const quotes = await store.columnsOf("quotes", held, {
    asOf: asked.asOf,
    where: isOneInstant(held) ? undefined : where,
  });
  return { source, session, occurredAt, quotes };
}

function isOneInstant(held: readonly Partition[]): boolean {
  const [first] = held;
  return held.every(({ occurredFrom, occurredTo }) => {
    return occurredFrom === occurredTo && occurredFrom === first?.occurredFrom;
  });
}

/** When the last quotes stood that were known. */
async function lastInstant(
  store: MarketStore,
  held: readonly Partition[],
  asOf: Instant,
): Promise<Instant | undefined> {
  if (isOneInstant(held)) {
    const isKnown = held.some(({ knownTo }) => knownTo <= asOf);
    if (isKnown) return held[0]?.occurredFrom as Instant | undefined;
  }
  const { columns } = await store.columnsOf("quotes", held, {
    asOf,
    columns: ["occurredAt"],
    versions: "all",
  });
  const instants = columns["occurredAt"];
  if (instants?.kind !== "instant" || instants.values.length === 0) return undefined;
  return instants.values.reduce((last, instant) => Math.max(last, instant)) as Instant;
}

/** One contract's quotes over sessions, oldest first. */
export async function contractHistory(
  store: MarketStore,
  {
    contract,
    underlying,
    from,
    to,
    ...asked
  }: Asked & Range & { readonly contract: OptionContract; readonly underlying: string },
): Promise<Answer<readonly QuoteFact[]> | undefined> {
  const { source, held } = quotesOf(store, { underlying, from, to, ...asked });
  if (source === undefined) return undefined;
  const { root, expiration, strike, right } = contract;
  const where = `"root" = '${root}' AND "expiration" = DATE '${expiration}' AND "strike" = ${strike} AND "right" = '${right}'`;
  const columns = await store.columnsOf("quotes", held, { asOf: asked.asOf, where });
  return { source, facts: factsOf(columns) as unknown as readonly QuoteFact[] };
}

/** A band of numbers, both ends included. */
export interface Band {
  readonly least: number;
  readonly most: number;
}

/** Which contracts of an underlying are wanted; what is left out, is not asked for. */
export interface QuoteSelection {
  readonly underlying: string;
  readonly right?: Right | undefined;
  /** Calendar days from the session. */
  readonly daysToExpiration?: Band | undefined;
  /** Of either right, so that a put of −0.10 and a call of 0.10 are both at 0.10. */
  readonly absoluteDelta?: Band | undefined;
  /** Columns to read; all if left out. */
  readonly columns?: readonly (keyof QuoteFact)[] | undefined;
}

/** The quotes of all sessions that meet a selection, as columns in the order of time, root, expiration, strike and right. */
export async function selectedQuotes(
  store: MarketStore,
  { right, daysToExpiration, absoluteDelta, columns, ...asked }: Asked & Range & QuoteSelection,
): Promise<Answer<Batch> | undefined> {
  const { source, held } = quotesOf(store, asked);
  if (source === undefined) return undefined;
  const { asOf, versions } = asked;
  const conditions = [
    right === undefined ? undefined : `"right" = '${right}'`,
    isWithin(`"expiration" - "session"`, daysToExpiration),
    isWithin(`abs("delta")`, absoluteDelta),
  ].filter((condition) => condition !== undefined);
  const where = conditions.length === 0 ? undefined : conditions.join(" AND ");
  return { source, facts: await store.columnsOf("quotes", held, { asOf, versions, where, columns }) };
}

/** SQL of a value within a band; nothing without one. */
export function isWithin(value: string, band: Band | undefined): string | undefined {
  return band === undefined ? undefined : `${value} BETWEEN ${band.least} AND ${band.most}`;
}

/** The partitions of an underlying's quotes over sessions, of one source. */
function quotesOf(
  store: MarketStore,
  { underlying, from, to, asOf, source }: Asked & Range & { readonly underlying: string },
): { readonly source: string | undefined; readonly held: readonly Partition[] } {
  const within = store.partitions("quotes").filter(({ subject, knownFrom }) => {
    const [own, session = ""] = subject.split("/");
    const isInRange = (from === undefined || session >= from) && (to === undefined || session <= to);
    return own === underlying && isInRange && knownFrom <= asOf;
  });
  const answering = source ?? mostOf(within);
  return { source: answering, held: within.filter((partition) => partition.source === answering) };
}

/** The bars of a series, oldest first. */
export async function barsOf(
  store: MarketStore,
  { series, ...asked }: Asked & Range & { readonly series: string },
): Promise<Answer<readonly BarFact[]> | undefined> {
  return await answer(store, "bars", { subject: series, where: within("session", asked), ...asked });
}

/** All futures of a product over sessions, by expiration and session. */
export async function futuresOf(
  store: MarketStore,
  { product, ...asked }: Asked & Range & { readonly product: string },
): Promise<Answer<readonly FutureFact[]> | undefined> {
  return await answer(store, "futures", { subject: product, where: within("session", asked), ...asked });
}

/** The futures of a session that had not expired, nearest first. */
export async function termStructure(
  store: MarketStore,
  { product, session, ...asked }: Asked & { readonly product: string; readonly session: CalendarDate },
): Promise<Answer<readonly FutureFact[]> | undefined> {
  const found = await futuresOf(store, { product, from: session, to: session, ...asked });
  if (found === undefined) return undefined;
  return { ...found, facts: found.facts.filter(({ expiration }) => expiration > session) };
}

/** A series of observations: of each period the value last published, or with `versions: "first"` the one first released. */
export async function observationsOf(
  store: MarketStore,
  { series, ...asked }: Asked & Range & { readonly series: string },
): Promise<Answer<readonly ObservationFact[]> | undefined> {
  return await answer(store, "observations", { subject: series, where: within("period", asked), ...asked });
}

/** The events of a kind as an instant knew them, oldest first; those cancelled are among them. */
export async function eventsOf(
  store: MarketStore,
  { kind, ...asked }: Asked & { readonly kind: string },
): Promise<Answer<readonly EventFact[]> | undefined> {
  return await answer(store, "events", { subject: kind, ...asked });
}

/** What a company had filed. */
export async function filingsOf(
  store: MarketStore,
  { entity, ...asked }: Asked & { readonly entity: string },
): Promise<Answer<readonly FilingFact[]> | undefined> {
  return await answer(store, "filings", { subject: entity, ...asked });
}

interface AnswerOptions extends Asked {
  readonly subject: string;
  readonly where?: string | undefined;
}

async function answer<Table extends FactTable>(
  store: MarketStore,
  table: Table,
  { subject, where, versions, ...asked }: AnswerOptions,
): Promise<Answer<readonly Facts[Table][]> | undefined> {
  const source = sourceOf(store, table, { subject, ...asked });
  if (source === undefined) return undefined;
  const { asOf } = asked;
  return { source, facts: await store.facts(table, subject, { asOf, source, where, versions }) };
}

function sourceOf(
  store: MarketStore,
  table: FactTable,
  { subject, asOf, source }: Asked & { readonly subject: string },
): string | undefined {
  const held = store.partitionsOf(table, subject, asOf);
  return mostOf(source === undefined ? held : held.filter((partition) => partition.source === source));
}

/** The source of most rows; of equals the first by name, so that the answer does not depend on the order of imports. */
export function mostOf(partitions: readonly Pick<Partition, "source" | "rows">[]): string | undefined {
  const rows = new Map<string, number>();
  for (const { source, rows: own } of partitions) rows.set(source, (rows.get(source) ?? 0) + own);
  const [best] = [...rows].toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  return best?.[0];
}

function within(column: string, { from, to }: Range): string | undefined {
  const bounds = [
    ...(from === undefined ? [] : [`"${column}" >= DATE '${from}'`]),
    ...(to === undefined ? [] : [`"${column}" <= DATE '${to}'`]),
  ];
  return bounds.length === 0 ? undefined : bounds.join(" AND ");
}
