import type { ReferenceName, ReferenceRun } from "@steward/engine";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { counted, dateText, fixed, missingCell, percent, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

const RULES: Readonly<Record<ReferenceName, { readonly name: string; readonly rule: string }>> = {
  cndr: { name: "CNDR-like", rule: "Bills, and each month a condor of 20 and 5 delta" },
  put: { name: "PUT-like", rule: "Bills, and each month a put at the money" },
  bxm: { name: "BXM-like", rule: "The index, and each month a call sold at the money" },
  vxth: { name: "VXTH-like", rule: "The index, and VIX calls of 30 delta" },
};

/** What anybody could have had for following the rule of a published index on the same market. */
export function controlsSection(study: Study): Html | undefined {
  const ran = study.input.backtest.controls.filter(({ performance }) => performance !== undefined);
  if (ran.length === 0) return undefined;
  const source = sourceLine([
    [study.areOptionsModelled ? "modelled" : "observed", "Same market, at the middle, without fees"],
    ["note", "Rules after the published index of the name, not the index itself"],
  ]);
  return section({
    id: "controls",
    title: titleOf(study, ran),
    note: "A strategy that costs work and fees has to beat what a rule of a page gives.",
    body: html`${table({ columns: COLUMNS, rows: ran, isStacked: true })}${source}`,
  });
}

function titleOf({ judged }: Study, ran: readonly ReferenceRun[]): string {
  const own = judged.arm.statistics.growth?.value;
  if (own === undefined) return `${counted(ran.length, "index rule")} on the same market`;
  const better = ran.filter(({ performance }) => (performance?.growth ?? own) > own).length;
  const rules = counted(ran.length, "index rule");
  return `${better === ran.length ? "All" : better} of ${rules} grew more than the ${judged.name} account`;
}

const COLUMNS: readonly Column<ReferenceRun>[] = [
  { head: "Control", cell: ({ name }) => html`<span class="lead-cell">${RULES[name].name}</span>` },
  { head: "Rule", cell: ({ name }) => RULES[name].rule, isWhole: true },
  {
    head: "From",
    cell: ({ levels: [first] }) => (first === undefined ? missingCell : dateText(first.session)),
    isExtra: true,
  },
  {
    head: "Growth a year",
    cell: ({ performance }) => orMissing(performance?.growth, signedPercent),
    isNumber: true,
  },
  {
    head: "Volatility",
    cell: ({ performance }) => orMissing(performance?.volatility, percent),
    isNumber: true,
  },
  {
    head: "Deepest drawdown",
    cell: ({ performance }) => orMissing(performance?.deepestDrawdown?.depth, signedPercent),
    isNumber: true,
  },
  {
    head: "Sharpe",
    cell: ({ performance }) => orMissing(performance?.sharpe?.value, (ratio) => fixed(ratio, 2)),
    isNumber: true,
  },
];

function orMissing(value: number | undefined, text: (value: number) => string): Html | string {
  return value === undefined ? missingCell : text(value);
}
