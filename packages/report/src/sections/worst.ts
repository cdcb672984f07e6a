import { section } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { capitalized, counted, dateText, dollars, fixed, signed, signedDollars } from "../format.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import type { Study } from "../study.ts";
import { type EndedCondor, worstCondors } from "../worst-condors.ts";

const SHOWN = 10;

/** The condors that lost most, with what the index did to them. */
export function worstSection({ judged }: Study): Html | undefined {
  const worst = worstCondors(judged.arm.run, SHOWN);
  if (worst.length === 0) return undefined;
  const total = worst.reduce((sum, { dollars }) => sum + dollars, 0);
  const side = worst.filter(
    ({ settlement, strikes }) => settlement !== undefined && settlement < strikes.shortPut,
  ).length;
  return section({
    id: "worst",
    title: `The ${counted(worst.length, "worst condor")} ${total < 0 ? "lost" : "made"} ${dollars(Math.abs(total))}; ${side} of them broke on the put side`,
    note: `${judged.name}, by points each after costs. The index is the settlement value; beyond is its distance past the short strike.`,
    body: table({ columns: COLUMNS, rows: worst }),
  });
}

const COLUMNS: readonly Column<EndedCondor>[] = [
  { head: "Sold", cell: ({ trip }) => html`<span class="nw">${dateText(trip.openedOn)}</span>` },
  { head: "Tier", cell: ({ tier }) => capitalized(tier) },
  { head: "Credit", cell: ({ credit }) => fixed(credit, 2), isNumber: true, isExtra: true },
  {
    head: "Short strikes",
    cell: ({ strikes }) => `${fixed(strikes.shortPut, 0)} / ${fixed(strikes.shortCall, 0)}`,
    isNumber: true,
    isExtra: true,
  },
  {
    head: "Index",
    cell: ({ settlement }) => (settlement === undefined ? "closed" : fixed(settlement, 2)),
    isNumber: true,
    isExtra: true,
  },
  { head: "Beyond", cell: beyond, isNumber: true },
  { head: "Contracts", cell: ({ trip }) => fixed(trip.quantity, 0), isNumber: true, isExtra: true },
  { head: "Points", cell: ({ result }) => toned(signed(result, 2), result), isNumber: true },
  { head: "Result", cell: ({ dollars }) => toned(signedDollars(dollars), dollars), isNumber: true },
];

function toned(text: string, value: number): Html {
  return value < 0 ? html`<span class="loss">${text}</span>` : html`${text}`;
}

function beyond({ settlement, strikes }: EndedCondor): string {
  if (settlement === undefined) return "–";
  if (settlement < strikes.shortPut) return signed(settlement - strikes.shortPut, 2);
  return settlement > strikes.shortCall ? signed(settlement - strikes.shortCall, 2) : "–";
}
