import { type Sensitivity, SHORT_VOL_SCALES } from "@steward/engine";
import { type CalendarDate, daysBetween, toModel } from "@steward/model";
import { type Ladder, ladderChart } from "../charts/ladder.ts";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { dataTable, figure } from "../figure.ts";
import { bare, capitalized, counted, dollars, fixed, percent, signedDollars } from "../format.ts";
import { NOTHING } from "../hedge-cost.ts";
import { type Html, html } from "../html.ts";
import type { NamedArm, Study } from "../study.ts";

/** Growth at three levels of fills. */
export function fillsSection({ input: { backtest, config }, judged, hasHedge }: Study): Html {
  const { fills } = pick(backtest.sensitivity, hasHedge);
  const share = config.fills.halfSpreadShare[4];
  const ladder: Ladder = {
    subject: `Growth a year by fills, ${judged.name}`,
    rows: [
      { name: "Mid", value: fills.mid, isChosen: false },
      { name: "Default", value: fills.default, isChosen: true },
      { name: "Whole spread", value: fills.adverse, isChosen: false },
    ],
  };
  const source = sourceLine([
    ["note", `${judged.name}, growth a year`],
    ["note", `Default: ${percent(share, 0)} of the half-spread for four legs`],
    ["note", "The rules choose as if they paid the default"],
  ]);
  const values = [fills.mid, fills.default, fills.adverse];
  return section({
    id: "fills",
    title: spreadTitle("Fills", values),
    body: html`${ladderFigure(ladder)}${source}`,
  });
}

/** Growth at three levels of modelled short volatility. */
export function shortVolSection({ input: { backtest }, judged, hasHedge }: Study): Html {
  const { shortVol } = pick(backtest.sensitivity, hasHedge);
  const rows = SHORT_VOL_SCALES.map((scale) => ({
    name: `Times ${scale}`,
    value: shortVol[scale],
    isChosen: scale === "1.00",
  }));
  const undetermined = backtest.verdicts
    .filter(({ verdict }) => verdict === "undetermined")
    .map(({ tier }) => capitalized(tier));
  const source = sourceLine([
    ["modelled", `${judged.name}, growth a year by the level of short volatility`],
    [
      "note",
      undetermined.length === 0
        ? "No tier’s mean changes its sign"
        : `Mean undetermined: ${undetermined.join(", ")}`,
    ],
  ]);
  const ladder = { subject: `Growth a year by short volatility, ${judged.name}`, rows };
  const title = spreadTitle(
    "Short volatility",
    rows.map(({ value }) => value),
  );
  return section({ id: "short-volatility", title, body: html`${ladderFigure(ladder)}${source}` });
}

function spreadTitle(what: string, values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2) return `${what}: n/a, growth is not known`;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const move = fixed((high - low) * 100, 1);
  if (high - low < NOTHING) return `${what} ${what === "Fills" ? "leave" : "leaves"} growth as it is`;
  if (low < 0 && high > 0)
    return `${what} decide the sign: ${bare(low)} to ${bare(high)} % a year`.replace(
      "volatility decide",
      "volatility decides",
    );
  const sign = high <= 0 ? "the loss stays a loss" : "the gain stays a gain";
  return `${what} move${what === "Fills" ? "" : "s"} growth by ${move} points a year; ${sign}`;
}

function ladderFigure(ladder: Ladder): Html {
  return figure({
    draw: (frame) => ladderChart(ladder, frame),
    table: dataTable({
      caption: ladder.subject,
      heads: ["Level", "Per cent a year"],
      rows: ladder.rows.map(({ name, value }) => [name, value === undefined ? "n/a" : bare(value)]),
    }),
  });
}

/** What was paid to trade, by arm. */
export function feesSection(study: Study): Html {
  const { judged, arms, input } = study;
  const { from, to } = input.backtest;
  const years = daysBetween(from, to) / 365.25;
  const rejected = judged.arm.statistics.rejected;
  const note = html`Exchange, clearing, regulatory fees and commission per contract and side. Rates before the oldest known page are that page’s. ${
    rejected === 0
      ? "No order was refused."
      : `${counted(rejected, "order was", "orders were")} refused in the ${judged.name} arm.`
  }`;
  return section({
    id: "fees",
    title: feesTitle(judged, years),
    note,
    body: table({ columns: feeColumns(from, to), rows: arms, isStacked: true }),
  });
}

function feesTitle({ name, arm: { statistics }, equity }: NamedArm, years: number): string {
  const mean = equity.reduce((total, value) => total + value, 0) / Math.max(equity.length, 1);
  if (years <= 0 || mean <= 0) return `Fees of ${dollars(-statistics.fees)}`;
  return `Fees took ${percent(-statistics.fees / years / mean)} of the ${name} account a year`;
}

function feeColumns(from: CalendarDate, to: CalendarDate): readonly Column<NamedArm>[] {
  const years = Math.max(daysBetween(from, to) / 365.25, 1 / 365.25);
  return [
    { head: "Arm", cell: ({ name }) => html`<span class="lead-cell">${capitalized(name)}</span>` },
    { head: "Fees", cell: ({ arm }) => signedDollars(arm.statistics.fees), isNumber: true },
    { head: "Fees a year", cell: ({ arm }) => signedDollars(arm.statistics.fees / years), isNumber: true },
    { head: "Condor credits", cell: ({ arm }) => dollars(premiumOf(arm)), isNumber: true },
    { head: "Fees, share of credits", cell: ({ arm }) => shareOf(arm), isNumber: true },
    { head: "Refused", cell: ({ arm }) => fixed(arm.statistics.rejected, 0), isNumber: true },
  ];
}

function premiumOf({ run }: NamedArm["arm"]): number {
  return run.roundTrips.reduce(
    (total, { purpose, premium }) => (purpose.kind === "condor" ? total + toModel(premium) : total),
    0,
  );
}

function shareOf(arm: NamedArm["arm"]): string {
  const premium = premiumOf(arm);
  const fees = arm.run.roundTrips.reduce(
    (total, trip) => (trip.purpose.kind === "condor" ? total - toModel(trip.fees) : total),
    0,
  );
  return premium <= 0 ? "–" : percent(fees / premium);
}

function pick(
  both: { readonly hedged: Sensitivity; readonly unhedged: Sensitivity },
  hasHedge: boolean,
): Sensitivity {
  return hasHedge ? both.hedged : both.unhedged;
}
