import type { Estimate } from "@steward/analytics";
import { forestChart } from "../charts/forest.ts";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { dataTable, figure } from "../figure.ts";
import {
  bare,
  capitalized,
  dollars,
  fixed,
  intervalText,
  missingCell,
  percent,
  signedDollars,
  signedPercent,
} from "../format.ts";
import { type Html, html } from "../html.ts";
import type { NamedArm, Study } from "../study.ts";

/** The arms on the same sessions: what the hedge must beat is the same condors without it, and fewer of them. */
export function armsSection(study: Study): Html | undefined {
  const { arms } = study;
  if (arms.length < 2) return undefined;
  const rows = arms.map(({ name, role, arm: { statistics } }) => ({
    name: capitalized(name),
    isJudged: role === "judged",
    estimates: [statistics.growth, statistics.drawdown?.depth],
  }));
  const forest = { heads: ["growth, % a year", "deepest drawdown, %"], rows };
  const chart = figure({ draw: (frame) => forestChart(forest, frame), table: forestTable(arms) });
  const source = sourceLine([
    [study.areOptionsModelled ? "modelled" : "observed", "Same sessions, same prices, default fills"],
    ["note", "Condors, hedge and fees in dollars sum to the change of the account; fees are inside both"],
  ]);
  return section({
    id: "arms",
    title: titleOf(study),
    note: "Thick bars hold half of the block bootstraps, thin bars 95 %. Overlapping bars settle nothing by themselves.",
    body: html`${chart}${source}${table({ columns: COLUMNS, rows: arms, isStacked: true })}`,
  });
}

function titleOf({ judged, smaller }: Study): string {
  const own = judged.arm.statistics;
  const other = smaller?.arm.statistics;
  const depth = own.drawdown?.depth.value;
  const otherDepth = other?.drawdown?.depth.value;
  if (
    own.growth === undefined ||
    other?.growth === undefined ||
    depth === undefined ||
    otherDepth === undefined
  ) {
    return "The arms cannot be told apart on this range";
  }
  const growth = fixed(Math.abs(other.growth.value - own.growth.value) * 100, 1);
  const fall = fixed(Math.abs(otherDepth - depth) * 100, 1);
  const grows = other.growth.value >= own.growth.value ? "more" : "less";
  const falls = otherDepth >= depth ? "less" : "more";
  const joint = grows === "more" && falls === "less" ? "and" : "but";
  const subject = judged.name === "unhedged" ? "Cutting size" : "Cutting size instead of hedging";
  const [firstGrows, firstFalls] = [`grew ${growth} points a year ${grows}`, `fell ${fall} points ${falls}`];
  return `${subject} ${firstGrows} ${grows === "less" && falls === "more" ? "and" : joint} ${firstFalls}`;
}

const COLUMNS: readonly Column<NamedArm>[] = [
  { head: "Arm", cell: ({ name }) => html`<span class="lead-cell">${capitalized(name)}</span>` },
  { head: "Sharpe", cell: ({ arm: { statistics } }) => sharpeCell(statistics.sharpe) },
  {
    head: "Volatility",
    cell: ({ arm: { statistics } }) => orMissing(statistics.volatility, percent),
    isNumber: true,
  },
  {
    head: "Worst in 20",
    cell: ({ arm: { statistics } }) => orMissing(statistics.expectedShortfall, signedPercent),
    isNumber: true,
  },
  {
    head: "Condors",
    cell: ({ arm: { statistics } }) => signedDollars(statistics.condorResult),
    isNumber: true,
  },
  {
    head: "Hedge",
    cell: ({ name, arm: { statistics } }) => hedgeCell(name, statistics.hedgeResult),
    isNumber: true,
  },
  { head: "Fees", cell: ({ arm: { statistics } }) => signedDollars(statistics.fees), isNumber: true },
  {
    head: "Account at the end",
    cell: ({ arm: { statistics } }) => dollars(statistics.endEquity),
    isNumber: true,
  },
];

function sharpeCell(sharpe: Estimate | undefined): Html {
  if (sharpe === undefined) return missingCell;
  const interval = `[${fixed(sharpe.low95, 2)}, ${fixed(sharpe.high95, 2)}]`;
  return html`<span class="nw">${fixed(sharpe.value, 2)} <span class="t3">${interval}</span></span>`;
}

function hedgeCell(name: string, result: number): string {
  return name === "hedged" || name === "hedge-only" ? signedDollars(result) : "–";
}

function orMissing(value: number | undefined, text: (value: number) => string): Html | string {
  return value === undefined ? missingCell : text(value);
}

function forestTable(arms: readonly NamedArm[]): Html {
  const cell = (estimate: Estimate | undefined): readonly string[] =>
    estimate === undefined ? ["n/a", "n/a"] : [bare(estimate.value), intervalText(estimate)];
  return dataTable({
    caption: "Growth a year and deepest drawdown in per cent",
    heads: ["Arm", "Growth", "95 %", "Drawdown", "95 %"],
    rows: arms.map(({ name, arm: { statistics } }) => [
      name,
      ...cell(statistics.growth),
      ...cell(statistics.drawdown?.depth),
    ]),
  });
}
