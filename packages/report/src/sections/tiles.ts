import { type IntervalBarParts, intervalBar } from "../components/interval-bar.ts";
import { winRateTile } from "../components/win-rate.ts";
import {
  bare,
  capitalized,
  counted,
  dateText,
  fixed,
  intervalText,
  percent,
  percentDigits,
  signedPercent,
} from "../format.ts";
import { hedgeCostEstimate } from "../hedge-cost.ts";
import { type Html, html, trusted } from "../html.ts";
import type { Study } from "../study.ts";

interface Tile {
  readonly name: string;
  readonly figure: string | undefined;
  readonly bar?: IntervalBarParts;
  /** Interval and comparator, or why there is no figure. */
  readonly note: string;
}

/** Single sessions drawn behind the mean of the worst one in twenty. */
const WORST_SHOWN = 40;

/** Six figures, each with its interval and what it must beat. */
export function tiles(study: Study): Html {
  const drawn = [
    tile(growthTile(study)),
    tile(drawdownTile(study)),
    tile(sharpeTile(study)),
    firstWinRate(study) ?? tile(noWinRateTile(study)),
    tile(shortfallTile(study)),
    tile(study.hasHedge ? hedgeTile(study) : volatilityTile(study)),
  ];
  const other = study.unhedged === undefined ? undefined : html`<span><i class="other"></i>unhedged</span>`;
  return html`<div class="tiles">${drawn}</div><p class="tilekey"><span><i></i>${study.judged.name}, with 50 and 95&nbsp;% bands</span>${other}<span><i class="beat"></i>what it must beat</span><span><i class="year"></i>single sessions or years</span></p>`;
}

function tile({ name, figure, bar, note }: Tile): Html {
  const shown =
    figure === undefined ? html`<b class="figure na">n/a</b>` : html`<b class="figure">${figure}</b>`;
  const track = trusted('<span class="iv" aria-hidden="true"><i class="track"></i></span>');
  return html`<div class="tile"><span class="name">${name}</span>${shown}${bar === undefined ? track : intervalBar(bar)}<span class="note">${note}</span></div>`;
}

function growthTile({ judged, unhedged }: Study): Tile {
  const name = `Growth a year, ${judged.name}`;
  const { growth } = judged.arm.statistics;
  if (growth === undefined) return { name, figure: undefined, note: "needs two sessions" };
  const other = unhedged?.arm.statistics.growth?.value;
  return {
    name,
    figure: signedPercent(growth.value, percentDigits(growth)),
    bar: { value: growth.value, bands: growth, beat: 0, other },
    note: joined(`95 % ${intervalText(growth)}`, compared(other)),
  };
}

function drawdownTile({ judged, unhedged }: Study): Tile {
  const name = `Deepest drawdown, ${judged.name}`;
  const depth = judged.arm.statistics.drawdown?.depth;
  if (depth === undefined) return { name, figure: undefined, note: "equity never fell below its high" };
  const other = unhedged?.arm.statistics.drawdown?.depth.value;
  return {
    name,
    figure: signedPercent(depth.value),
    bar: { value: depth.value, bands: depth, other },
    note: joined(`95 % ${intervalText(depth)}`, compared(other)),
  };
}

function sharpeTile({ judged, unhedged }: Study): Tile {
  const name = `Sharpe over zero, ${judged.name}`;
  const { sharpe } = judged.arm.statistics;
  if (sharpe === undefined) return { name, figure: undefined, note: "returns do not vary" };
  const other = unhedged?.arm.statistics.sharpe?.value;
  return {
    name,
    figure: fixed(sharpe.value, 2),
    bar: { value: sharpe.value, bands: sharpe, beat: 0, other },
    note: joined(
      `95 % ${fixed(sharpe.low95, 2)} to ${fixed(sharpe.high95, 2)}`,
      other === undefined ? undefined : `unhedged ${fixed(other, 2)}`,
    ),
  };
}

function firstWinRate({ input: { backtest } }: Study): Html | undefined {
  const first = backtest.arms.unhedged.tiers[0];
  return first && winRateTile(capitalized(first.tier), first.trades);
}

function noWinRateTile({ hasCondors }: Study): Tile {
  const note = hasCondors ? "no condor was sold" : "this configuration sells no condors";
  return { name: "Win rate", figure: undefined, note };
}

function shortfallTile({ judged, unhedged }: Study): Tile {
  const name = "Worst session in 20, mean";
  const { expectedShortfall: value, worst } = judged.arm.statistics;
  if (value === undefined || worst === undefined)
    return { name, figure: undefined, note: "needs two sessions" };
  const other = unhedged?.arm.statistics.expectedShortfall;
  return {
    name,
    figure: signedPercent(value),
    bar: { value, other, rug: [...judged.returns].sort((left, right) => left - right).slice(0, WORST_SHOWN) },
    note: joined(`worst ${bare(worst.return)} on ${dateText(worst.session)}`, compared(other)),
  };
}

function hedgeTile({ input: { backtest, config, provenance } }: Study): Tile {
  const name = "Result of the hedge a year";
  const { resultAYear: value, years } = backtest.hedge;
  if (value === undefined) return { name, figure: undefined, note: "the result spans no time" };

  const estimate = hedgeCostEstimate(backtest, provenance.seed);
  const budget = config.hedge?.budgetShare;
  const beat = budget === undefined ? undefined : -budget;
  const calendar = counted(years.length, "calendar year");
  return {
    name,
    figure: signedPercent(value),
    bar: { value, ...(estimate && { bands: estimate }), beat, rug: years.map(({ hedge }) => hedge) },
    note: joined(
      estimate === undefined ? `interval n/a, ${calendar}` : `95 % ${intervalText(estimate)}, ${calendar}`,
      beat === undefined ? undefined : `budget ${bare(beat)}`,
    ),
  };
}

function volatilityTile({ judged }: Study): Tile {
  const name = `Volatility a year, ${judged.name}`;
  const { volatility: value, best } = judged.arm.statistics;
  if (value === undefined) return { name, figure: undefined, note: "needs three sessions" };
  const high =
    best === undefined ? undefined : `best session ${bare(best.return)} on ${dateText(best.session)}`;
  return { name, figure: percent(value), bar: { value }, note: joined("no hedge configured", high) };
}

function compared(other: number | undefined): string | undefined {
  return other === undefined ? undefined : `unhedged ${bare(other)}`;
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" · ");
}
