import { type MeanVerdict, SHORT_VOL_SCALES, type TierStatistics } from "@steward/engine";
import { winRatesChart } from "../charts/win-rates.ts";
import { chip, type Standing } from "../components/chip.ts";
import { section, sourceLine } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { pointsText, winRate, winRateFacts } from "../components/win-rate.ts";
import { dataTable, figure } from "../figure.ts";
import { capitalized, counted, fixed, percent, signed } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

interface TierRow {
  readonly statistics: TierStatistics;
  readonly verdict: MeanVerdict | undefined;
}

/** Each tier's condors: win rate against break-even, and whether their mean is known to be above zero. */
export function tiersSection({ input: { backtest }, hasCondors, areOptionsModelled }: Study): Html {
  const { tiers } = backtest.arms.unhedged;
  if (tiers.length === 0) {
    const why = hasCondors
      ? "No condor was sold in this range: see the sessions not traded."
      : "This configuration sells no condors.";
    return section({ id: "tiers", title: "No condors", body: html`<p class="empty">${why}</p>` });
  }
  const rows = tiers.map((statistics) => ({
    statistics,
    verdict: backtest.verdicts.find(({ tier }) => tier === statistics.tier),
  }));
  const chart = figure({ draw: (frame) => winRatesChart(tiers, frame), table: ratesTable(tiers) });
  const source = sourceLine([
    [
      areOptionsModelled ? "modelled" : "observed",
      "Wilson intervals of 95 and 50 %, fills at the default cost",
    ],
    ["note", "Unhedged arm; dollars per condor of 100 a point"],
  ]);
  return section({
    id: "tiers",
    title: titleOf(tiers),
    note: html`The amber mark is the win rate at which a tier only breaks even, given its own average win and loss. The mean is in points per condor after costs; it is called <em>undetermined</em> where its sign turns within ±5&nbsp;% of short volatility.`,
    body: html`${chart}${source}${table({ columns: COLUMNS, rows, isStacked: true })}`,
  });
}

function titleOf(tiers: readonly TierStatistics[]): string {
  const standings = tiers.map(({ trades }) => winRateFacts(trades).standing);
  const all = counted(tiers.length, "tier");
  const above = standings.filter((standing) => standing === "above").length;
  const below = standings.filter((standing) => standing === "below").length;
  if (above === tiers.length) return `All ${all} win more often than they must, by their intervals`;
  if (below === tiers.length) return `All ${all} win less often than they must, by their intervals`;
  if (above === 0) return `None of ${all} clears the win rate that it needs`;
  return `${above} of ${all} clears the win rate that it needs`;
}

const SAID: Readonly<Record<MeanVerdict["verdict"], readonly [Standing, string]>> = {
  gain: ["supported", "Gains"],
  loss: ["contradicted", "Loses"],
  luck: ["luck", "Not distinguishable from luck"],
  undetermined: ["unsettled", "Undetermined"],
};

const COLUMNS: readonly Column<TierRow>[] = [
  {
    head: "Tier",
    cell: ({ statistics }) => html`<span class="lead-cell">${capitalized(statistics.tier)}</span>`,
  },
  { head: "Win rate", cell: ({ statistics }) => winRate(statistics.trades), isWhole: true },
  {
    head: "Average win",
    cell: ({ statistics: { trades } }) => pointsText(trades.averageWin),
    isNumber: true,
  },
  {
    head: "Average loss",
    cell: ({ statistics: { trades } }) => pointsText(trades.averageLoss),
    isNumber: true,
  },
  { head: "Credit", cell: ({ statistics }) => `${fixed(statistics.averageCredit, 2)} cr`, isNumber: true },
  { head: "Fees", cell: ({ statistics }) => fixed(statistics.averageFees, 3), isNumber: true },
  { head: "Full losses", cell: ({ statistics }) => percent(statistics.fullLosses), isNumber: true },
  { head: "Mean result", cell: meanCell, isWhole: true },
];

function meanCell({ statistics: { trades, mean }, verdict }: TierRow): Html {
  const estimate = mean ?? verdict?.interval;
  const interval =
    estimate === undefined
      ? "interval n/a, one condor"
      : `[${signed(estimate.low95, 2)}, ${signed(estimate.high95, 2)}]`;
  const scales = SHORT_VOL_SCALES.map((scale) => pointsText(verdict?.means[scale])).join(" · ");
  const [standing, words] = SAID[verdict?.verdict ?? "undetermined"];
  return html`<span class="nw"><b class="mod">${signed(trades.average, 2)}</b> <span class="t3">${interval}</span></span><span class="xs t3 nw">${scales} by scale</span>${chip(standing, words)}`;
}

function ratesTable(tiers: readonly TierStatistics[]): Html {
  return dataTable({
    caption: "Win rates with what they need",
    heads: ["Tier", "Condors", "Win rate", "95 % interval", "Break-even", "Average loss"],
    rows: tiers.map(({ tier, trades }) => {
      const { rate, interval, needs, averageLoss } = winRateFacts(trades);
      return [tier, String(trades.count), rate, interval, needs, averageLoss];
    }),
  });
}
