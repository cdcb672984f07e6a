import type { Estimate, TradeStatistics } from "@steward/analytics";
import { fixed, percent, signed } from "../format.ts";
import { type Html, html } from "../html.ts";
import { intervalBar } from "./interval-bar.ts";

/** A win rate with the three numbers without which it says nothing. Whatever shows a win rate takes it from here. */
export interface WinRateFacts {
  readonly estimate: Estimate;
  readonly needed: number | undefined;
  readonly rate: string;
  /** `91.8 to 93.6`. */
  readonly interval: string;
  /** `needs 93.4 %`, or why that is not known. */
  readonly needs: string;
  /** `loses 8.30 on average`, in points. */
  readonly averageLoss: string;
  /** Whether the whole interval lies above what is needed, below it, or covers it. */
  readonly standing: "above" | "below" | "covers" | "unknown";
}

/** A win rate with all that it may not be shown without. */
export function winRateFacts({
  winRate: estimate,
  breakEvenWinRate: needed,
  averageLoss,
}: TradeStatistics): WinRateFacts {
  return {
    estimate,
    needed,
    rate: percent(estimate.value),
    interval: `${fixed(estimate.low95 * 100, 1)} to ${fixed(estimate.high95 * 100, 1)}`,
    needs: needed === undefined ? "needs n/a, only wins or only losses" : `needs ${percent(needed)}`,
    averageLoss: averageLoss === undefined ? "no loss yet" : `loses ${fixed(-averageLoss, 2)} on average`,
    standing: standingOf(estimate, needed),
  };
}

function standingOf({ low95, high95 }: Estimate, needed: number | undefined): WinRateFacts["standing"] {
  if (needed === undefined) return "unknown";
  if (low95 > needed) return "above";
  return high95 < needed ? "below" : "covers";
}

/** A win rate in a sentence or a table cell. */
export function winRate(trades: TradeStatistics): Html {
  const { rate, interval, needs, averageLoss } = winRateFacts(trades);
  return html`<span class="wr"><b>${rate}</b> <span class="xs"><span class="nw">95&nbsp;% ${interval},</span> <span class="nw">${needs}, ${averageLoss}</span></span></span>`;
}

/** A win rate as a stat tile. */
export function winRateTile(tier: string, trades: TradeStatistics): Html {
  const { estimate, needed, rate, interval, needs, averageLoss } = winRateFacts(trades);
  const bar = intervalBar({ value: estimate.value, bands: estimate, beat: needed });
  return html`<div class="tile wr"><span class="name">Win rate, ${tier}</span><b class="figure">${rate}</b>${bar}<span class="note">95&nbsp;% ${interval} · ${needs} · ${averageLoss}</span></div>`;
}

/** A mean beside its win rate, in points: signed. */
export function pointsText(value: number | undefined): string {
  return value === undefined ? "n/a" : signed(value, 2);
}
