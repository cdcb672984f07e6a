import { underwater } from "@steward/analytics";
import { equityChart } from "../charts/equity.ts";
import { section, sourceLine } from "../components/section.ts";
import { dataTable, figure } from "../figure.ts";
import { counted, dateText, dollars, fixed, percent, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { NamedArm, Study } from "../study.ts";
import { yearEnds } from "../year-ends.ts";

/** Growth and drawdown of every arm on the same dates. */
export function equitySection(study: Study): Html {
  const { sessions, arms, areOptionsModelled, input, judged } = study;
  const { episodes } = input.backtest.hedge;
  const chart = { sessions, arms, episodes, isModelled: areOptionsModelled };
  const body = figure({
    draw: (frame) => equityChart(chart, frame),
    table: equityTable(study),
    narrowKey: armsKey(arms),
  });
  const source = sourceLine([
    ["note", `100 is ${dollars(judged.arm.statistics.startEquity)}`],
    ...(areOptionsModelled ? ([["modelled", "Options modelled for the whole span"]] as const) : []),
    ...(episodes.length > 0 ? ([["note", "Shaded: shocks chosen before any run"]] as const) : []),
  ]);
  return section({ id: "equity", title: titleOf(judged), note: noteOf(study), body: html`${body}${source}` });
}

function titleOf({ name, equity, arm: { statistics } }: NamedArm): string {
  const { drawdown, startEquity, endEquity } = statistics;
  const ended = `The ${name} account ends at ${fixed((100 * endEquity) / startEquity, 0)} of 100`;
  if (drawdown === undefined || equity.length < 2) return ended;
  const below = underwater(equity).filter((depth) => depth < 0).length / equity.length;
  return `${ended} and spends ${percent(below, 0)} of its sessions below an earlier high`;
}

function noteOf({ judged: { name, arm } }: Study): Html {
  const { drawdown, worst, best } = arm.statistics;
  const fall =
    drawdown === undefined
      ? "Equity never fell below an earlier high."
      : `The deepest fall ran from ${dateText(drawdown.peak)} to ${dateText(drawdown.trough)} and ${
          drawdown.recovered === undefined
            ? "was not recovered"
            : `was recovered on ${dateText(drawdown.recovered)}`
        }.`;
  const days =
    worst === undefined || best === undefined
      ? ""
      : ` Worst session ${signedPercent(worst.return)} on ${dateText(worst.session)}, best ${signedPercent(best.return)} on ${dateText(best.session)}, ${name}.`;
  return html`${fall}${days}`;
}

/** Which line is which, where there is no room for words beside them. */
export function armsKey(arms: readonly NamedArm[]): Html {
  const kinds = { judged: "ink", control: "", smaller: "dot" } as const;
  const entries = arms.map(
    ({ name, role, equity }) =>
      html`<span><i class="${kinds[role]}"></i>${name} ${fixed((100 * (equity.at(-1) ?? 0)) / (equity[0] ?? 1), 0)}</span>`,
  );
  return html`<div class="key">${entries}</div>`;
}

/** Ends of years: the whole path is in the journal. */
function equityTable({ sessions, arms }: Study): Html {
  const ends = yearEnds(sessions);
  const depths = arms.map(({ equity }) => underwater(equity));
  return dataTable({
    caption: `Growth of 100 and drawdown at ${counted(ends.length, "end of a year", "ends of years")}`,
    heads: ["Session", ...arms.map(({ name }) => name), ...arms.map(({ name }) => `${name}, drawdown`)],
    rows: ends.map((index) => [
      sessions[index] ?? "",
      ...arms.map(({ equity }) => fixed((100 * (equity[index] ?? 0)) / (equity[0] ?? 1), 1)),
      ...depths.map((depth) => percent(depth[index] ?? 0)),
    ]),
  });
}
