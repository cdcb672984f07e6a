import type { RungStatistics, SleeveResult } from "@steward/engine";
import { equityChart } from "../charts/equity.ts";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { winRate } from "../components/win-rate.ts";
import { dataTable, figure } from "../figure.ts";
import { counted, dollars, fixed, missingCell, percent, signed, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import { type NamedArm, namedArm, type Study } from "../study.ts";
import { yearEnds } from "../year-ends.ts";
import { armsKey } from "./equity.ts";

/** The second engine's account beside the first, and how far it goes its own way; nothing where none is configured. */
export function secondEngineSection(study: Study): Html | undefined {
  const { sessions, areOptionsModelled, input } = study;
  const { sleeve, arms, hedge } = input.backtest;
  if (sleeve === undefined) return undefined;
  const both = [
    namedArm("second engine", "judged", sleeve.arm),
    namedArm("first, unhedged", "control", arms.unhedged),
  ] as const;
  const chart = { sessions, arms: both, episodes: hedge.episodes, isModelled: areOptionsModelled };
  const grown = figure({
    draw: (frame) => equityChart(chart, frame),
    table: equityTable(study, both),
    narrowKey: armsKey(both),
  });
  const rungs =
    sleeve.rungs.length === 0
      ? html`<p class="empty">Nothing that it opened has ended.</p>`
      : table({ columns: COLUMNS, rows: sleeve.rungs, isStacked: true });
  const source = sourceLine([
    ["note", `100 is ${dollars(sleeve.arm.statistics.startEquity)} of its own`],
    [areOptionsModelled ? "modelled" : "observed", "Options and VIX futures"],
    [
      "note",
      "Collected and kept: extrinsic value sold, and left after settlement and fees, as shares of margin",
    ],
  ]);
  return section({
    id: "second-engine",
    title: titleOf(sleeve),
    note: noteOf(sleeve),
    body: html`${grown}${rungs}${source}`,
  });
}

function titleOf({ independence: { correlation, rSquared } }: SleeveResult): string {
  if (correlation === undefined || rSquared === undefined)
    return "One of the two engines hardly moved: nothing to compare";
  return `The second engine shares ${percent(rSquared, 0)} of the first one's ups and downs`;
}

function noteOf({ entries, independence: { tail, correlation }, bigTop, financing }: SleeveResult): string {
  const said = [`It entered in ${counted(entries, "session")}.`];
  if (correlation !== undefined)
    said.push(
      `Correlation ${signed(correlation.value, 2)}, 95 % from ${signed(correlation.low95, 2)} to ${signed(correlation.high95, 2)}.`,
    );
  if (tail !== undefined)
    said.push(
      `Of the first one's worst ${counted(tail.sessions, "session")} ${percent(tail.shared, 0)} are among the worst of both; 5 % were chance.`,
    );
  if (bigTop.sessions > 0)
    said.push(`The literal big top held in ${bigTop.all} of ${counted(bigTop.sessions, "session")}.`);
  if (financing !== undefined)
    said.push(
      `Boxes lent it ${dollars(financing.borrowed)} at ${percent(financing.boxRate, 2)} a year, where bills paid ${percent(financing.billRate, 2)}.`,
    );
  return said.join(" ");
}

const COLUMNS: readonly Column<RungStatistics>[] = [
  { head: "Opened", cell: ({ rung }) => html`<span class="lead-cell">${rung}</span>` },
  { head: "Trades", cell: ({ trades }) => String(trades.count), isNumber: true },
  { head: "Win rate", cell: ({ trades }) => winRate(trades), isWhole: true },
  { head: "Mean, points", cell: ({ trades }) => signed(trades.average, 2), isNumber: true },
  { head: "Collected", cell: ({ extrinsic }) => orMissing(extrinsic?.collected, percent), isNumber: true },
  { head: "Kept", cell: ({ extrinsic }) => orMissing(extrinsic?.kept, signedPercent), isNumber: true },
];

function orMissing(value: number | undefined, text: (value: number) => string): Html | string {
  return value === undefined ? missingCell : text(value);
}

function equityTable({ sessions }: Study, arms: readonly NamedArm[]): Html {
  const ends = yearEnds(sessions);
  return dataTable({
    caption: "Growth of 100 at the ends of years",
    heads: ["Session", ...arms.map(({ name }) => name)],
    rows: ends.map((index) => [
      sessions[index] ?? "",
      ...arms.map(({ equity }) => fixed((100 * (equity[index] ?? 0)) / (equity[0] ?? 1), 1)),
    ]),
  });
}
