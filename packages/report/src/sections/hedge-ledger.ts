import type { RoundTrip } from "@steward/engine";
import { daysBetween, toModel } from "@steward/model";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { capitalized, count, counted, dollars, fixed, signedDollars } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

interface LedgerRow {
  readonly name: string;
  readonly trips: number | undefined;
  readonly contracts: number | undefined;
  readonly days: number | undefined;
  readonly paid: number | undefined;
  readonly received: number | undefined;
  readonly fees: number | undefined;
  readonly result: number;
  readonly best: number | undefined;
  readonly isTotal: boolean;
}

/** What each layer of calls cost and brought, from first purchase to the last mark. */
export function hedgeLedgerSection({ judged, hasHedge, input: { config } }: Study): Html | undefined {
  if (!hasHedge || config.hedge === undefined) return undefined;
  const { run, statistics } = judged.arm;
  const trips = run.roundTrips.filter(({ purpose }) => purpose.kind === "hedge");
  const layers = config.hedge.layers.map(({ name }) =>
    layerRow(
      name,
      trips.filter(({ purpose }) => isLayer(purpose, name)),
    ),
  );
  const ended = layers.reduce((total, { result }) => total + result, 0);
  const open = run.ledger.lots.filter(({ purpose }) => purpose.kind === "hedge");
  const openRow = emptyRow(`Still open, at the last mark`, statistics.hedgeResult - ended, {
    trips: open.length,
    contracts: open.reduce((total, { quantity }) => total + quantity, 0),
  });
  const rows = [...layers, openRow, { ...emptyRow("Hedge", statistics.hedgeResult), isTotal: true }];
  const received = layers.reduce((total, row) => total + (row.received ?? 0), 0);
  const paid = layers.reduce((total, row) => total - (row.paid ?? 0), 0);
  const title =
    trips.length === 0
      ? "No layer has been closed yet"
      : `Of ${dollars(paid)} paid for calls, ${dollars(received)} came back`;
  return section({
    id: "hedge-ledger",
    title,
    note: "Calls that ended: sold at a roll or settled. A layer’s best call is often most of what it brought.",
    body: html`${table({ columns: COLUMNS, rows, isStacked: true, isTotal: ({ isTotal }) => isTotal })}${sourceLine(
      [
        ["modelled", "Fills at the default share of a modelled spread"],
        ["note", `${counted(trips.length, "purchase")} ended, ${count(open.length)} open`],
      ],
    )}`,
  });
}

const COLUMNS: readonly Column<LedgerRow>[] = [
  { head: "Layer", cell: ({ name, isTotal }) => (isTotal ? name : html`<span class="nw">${name}</span>`) },
  { head: "Purchases", cell: ({ trips }) => orDash(trips, count), isNumber: true },
  { head: "Contracts", cell: ({ contracts }) => orDash(contracts, count), isNumber: true },
  { head: "Days held", cell: ({ days }) => orDash(days, (value) => fixed(value, 0)), isNumber: true },
  { head: "Paid", cell: ({ paid }) => orDash(paid, signedDollars), isNumber: true },
  { head: "Came back", cell: ({ received }) => orDash(received, signedDollars), isNumber: true },
  { head: "Fees", cell: ({ fees }) => orDash(fees, signedDollars), isNumber: true },
  { head: "Result", cell: ({ result }) => resultCell(result), isNumber: true },
  { head: "Best purchase", cell: ({ best }) => orDash(best, signedDollars), isNumber: true },
];

function resultCell(result: number): Html {
  return result < 0
    ? html`<span class="loss">${signedDollars(result)}</span>`
    : html`${signedDollars(result)}`;
}

function orDash(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? "–" : text(value);
}

function isLayer(purpose: RoundTrip["purpose"], name: string): boolean {
  return purpose.kind === "hedge" && purpose.layer === name;
}

function layerRow(name: string, trips: readonly RoundTrip[]): LedgerRow {
  const sum = (value: (trip: RoundTrip) => number): number =>
    trips.reduce((total, trip) => total + value(trip), 0);
  const results = trips.map(({ result }) => toModel(result));
  return {
    name: capitalized(name),
    trips: trips.length,
    contracts: sum(({ quantity }) => quantity),
    days:
      trips.length === 0
        ? undefined
        : sum(({ openedOn, closedOn }) => daysBetween(openedOn, closedOn)) / trips.length,
    paid: sum(({ premium }) => toModel(premium)),
    received: sum(({ exit }) => toModel(exit)),
    fees: sum(({ fees }) => toModel(fees)),
    result: sum(({ result }) => toModel(result)),
    best: results.length === 0 ? undefined : results.reduce((high, result) => Math.max(high, result)),
    isTotal: false,
  };
}

function emptyRow(
  name: string,
  result: number,
  known: Partial<Pick<LedgerRow, "trips" | "contracts">> = {},
): LedgerRow {
  return {
    name,
    trips: known.trips,
    contracts: known.contracts,
    days: undefined,
    paid: undefined,
    received: undefined,
    fees: undefined,
    result,
    best: undefined,
    isTotal: false,
  };
}
