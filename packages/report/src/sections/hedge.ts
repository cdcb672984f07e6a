import type { Estimate } from "@steward/analytics";
import type { EpisodeResult } from "@steward/engine";
import { episodesChart } from "../charts/episodes.ts";
import { hedgeYearsChart } from "../charts/hedge-years.ts";
import { section, sourceLine } from "../components/section.ts";
import { dataTable, figure } from "../figure.ts";
import { bare, counted, fixed, intervalText, missing, signedPercent } from "../format.ts";
import { hedgeCostEstimate, hedgeCostPhrase } from "../hedge-cost.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

/** What the hedge cost each year against what it saved. */
export function hedgeYearsSection(study: Study): Html {
  const { input, hasHedge, hasCondors } = study;
  const { years, resultAYear, drawdownSaved } = input.backtest.hedge;
  if (!hasHedge) return absent("hedge", "No hedge, so no cost and nothing saved");
  const id = "hedge";
  if (years.length === 0)
    return section({
      id,
      title: "No year to judge the hedge by",
      body: html`<p class="empty">The result holds no sessions.</p>`,
    });

  const chart = { years, budget: input.config.hedge?.budgetShare, hasCondors };
  const body = figure({
    draw: (frame) => hedgeYearsChart(chart, frame),
    table: dataTable({
      caption: "Per cent of the equity at the year's start",
      heads: ["Year", "Hedge", "Condors", "Account"],
      rows: years.map(({ year, hedge, condor, total }) => [
        String(year),
        bare(hedge, 2),
        bare(condor, 2),
        bare(total, 2),
      ]),
    }),
  });
  const source = sourceLine([
    ["modelled", "VIX calls on their own future"],
    ["note", "Per cent of the equity at each year’s start; pale: partial years"],
  ]);
  return section({
    id,
    title: yearsTitle(resultAYear, drawdownSaved, hasCondors),
    note: "A hedge is judged by what it costs in quiet years against what it takes off the deepest fall.",
    body: html`${facts(study)}${years.length > 1 ? html`${body}${source}` : undefined}`,
  });
}

function yearsTitle(cost: number | undefined, saved: number | undefined, hasCondors: boolean): string {
  const paid = hedgeCostPhrase(cost);
  if (!hasCondors) return paid;
  if (saved === undefined) return `${paid}; what it saved is not known`;
  const points = fixed(Math.abs(saved) * 100, 1);
  return `${paid} and ${saved >= 0 ? `took ${points} points off` : `added ${points} points to`} the deepest drawdown`;
}

interface Fact {
  readonly name: string;
  readonly value: string | Html;
  readonly note: string;
}

function facts(study: Study): Html {
  const { input, judged, unhedged, hasCondors } = study;
  const { drawdownSaved, paired } = input.backtest.hedge;
  const growth = growthGap(judged.arm.statistics.growth?.value, unhedged?.arm.statistics.growth?.value);
  const saved =
    drawdownSaved === undefined ? missing("no drawdown to compare") : `${bare(drawdownSaved)} points`;
  const against: readonly Fact[] = [
    {
      name: "Growth a year, hedged less unhedged",
      value: growth,
      note: `${pairedBand(paired?.growth)}; an account that paid for a hedge also sells fewer condors`,
    },
    {
      name: "Deepest drawdown, hedged less unhedged",
      value: saved,
      note: `${pairedBand(paired?.drawdown)}; above zero is shallower`,
    },
  ];
  const found = [costFact(study), ...(hasCondors ? against : extremeYears(study))];
  return html`<dl class="facts">${found.map(
    ({ name, value, note }) =>
      html`<div><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>`;
}

/** The band of a paired difference, in points. */
function pairedBand(estimate: Estimate | undefined): string {
  if (estimate === undefined) return "too few sessions to reshuffle";
  return `95 % ${bare(estimate.low95)} to ${bare(estimate.high95)} over paired reshuffles`;
}

function costFact({ input: { backtest, provenance } }: Study): Fact {
  const { resultAYear, years } = backtest.hedge;
  const estimate = hedgeCostEstimate(backtest, provenance.seed);
  const gained = years.filter(({ hedge }) => hedge > 0).length;
  const interval = estimate === undefined ? "interval n/a, too few years" : `95 % ${intervalText(estimate)}`;
  const value = resultAYear === undefined ? missing("no span") : signedPercent(resultAYear);
  const note = `${interval}; gained in ${gained} of ${counted(years.length, "calendar year")}`;
  return { name: "Result of the hedge a year", value, note };
}

function extremeYears({ input: { backtest } }: Study): readonly Fact[] {
  const order = backtest.hedge.years.toSorted((left, right) => left.hedge - right.hedge);
  const [worst] = order;
  const best = order.at(-1);
  if (worst === undefined || best === undefined) return [];
  return [
    { name: "Its worst year", value: signedPercent(worst.hedge), note: String(worst.year) },
    { name: "Its best year", value: signedPercent(best.hedge), note: String(best.year) },
  ];
}

function growthGap(hedged: number | undefined, unhedged: number | undefined): string | Html {
  if (hedged === undefined || unhedged === undefined) return missing("no arm to compare with");
  return `${bare(hedged - unhedged)} points`;
}

/** What the hedge did while the index fell. */
export function episodesSection({ input: { backtest }, hasHedge, hasCondors }: Study): Html | undefined {
  if (!hasHedge) return undefined;
  const { episodes } = backtest.hedge;
  const id = "shocks";
  if (episodes.length === 0) {
    return section({
      id,
      title: "No named shock in this range",
      body: html`<p class="empty">The hedge’s pay-out in a crash cannot be judged here.</p>`,
    });
  }
  const body = figure({
    draw: (frame) => episodesChart({ episodes, hasCondors }, frame),
    table: dataTable({
      caption: "Per cent of the equity at the start of each shock",
      heads: ["Shock", "From", "To", "Condors", "Hedge"],
      rows: episodes.map(({ name, from, to, condor, hedge }) => [
        name,
        from,
        to,
        bare(condor, 2),
        bare(hedge, 2),
      ]),
    }),
  });
  const source = sourceLine([
    ["modelled", "Calls marked on their own VIX future"],
    [
      "note",
      "From the last calm close to the close at which the hedge is judged, per cent of the equity at its start",
    ],
  ]);
  return section({
    id,
    title: episodesTitle(episodes),
    note: episodesNote(hasCondors ? episodes : []),
    body: html`${body}${source}`,
  });
}

function episodesTitle(episodes: readonly EpisodeResult[]): string {
  const gains = episodes.filter(({ hedge }) => hedge > 0).length;
  return `The hedge gained in ${gains} of ${counted(episodes.length, "shock")}`;
}

function episodesNote(episodes: readonly EpisodeResult[]): string {
  const untouched = episodes.filter(({ condor }) => Math.abs(condor) < 0.0005).length;
  const outside =
    untouched === 0
      ? ""
      : ` In ${untouched} of them the condors stood aside, so there was nothing for it to protect.`;
  return `Dates were chosen before any run.${outside}`;
}

function absent(id: string, title: string): Html {
  return section({
    id,
    title,
    body: html`<p class="empty">This configuration runs the condors without a hedge.</p>`,
  });
}
