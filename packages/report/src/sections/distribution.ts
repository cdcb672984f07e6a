import { toModel } from "@steward/model";
import { OPTION_MULTIPLIER } from "@steward/strategy";
import { binsOf, type Histogram, histogramChart } from "../charts/histogram.ts";
import { section, sourceLine } from "../components/section.ts";
import { dataTable, figure } from "../figure.ts";
import { count, counted, fixed, percent, signed, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

const HEIGHT_NOTE = "Bar height is the square root of the count";

/** Results of single sessions of the judged arm. Sessions without any change are counted, not drawn. */
export function sessionsSection({ judged, areOptionsModelled }: Study): Html | undefined {
  const moved = [...judged.returns].filter((value) => value !== 0);
  if (moved.length === 0) return undefined;
  const still = judged.returns.length - moved.length;
  const histogram = {
    values: moved,
    subject: `Results of sessions, ${judged.name}`,
    factor: 100,
    unit: "%",
    digits: 2,
  };
  const { expectedShortfall, worst } = judged.arm.statistics;
  const title =
    expectedShortfall === undefined || worst === undefined
      ? "Sessions"
      : `The worst session in 20 lost ${percent(-expectedShortfall)} on average, the worst of all ${percent(-worst.return)}`;
  const source = sourceLine([
    [areOptionsModelled ? "modelled" : "observed", `${counted(moved.length, "session")}, ${judged.name}`],
    ["note", HEIGHT_NOTE],
    ...(still > 0 ? ([["note", `${count(still)} without any change are left out`]] as const) : []),
  ]);
  return section({ id: "sessions", title, body: html`${histogramFigure(histogram)}${source}` });
}

/** Results of single condors, in points each after costs. */
export function condorsSection({ input: { backtest }, areOptionsModelled }: Study): Html | undefined {
  const trips = backtest.arms.unhedged.run.roundTrips.filter(({ purpose }) => purpose.kind === "condor");
  if (trips.length === 0) return undefined;
  const values = trips.map(({ result, quantity }) => toModel(result) / quantity / OPTION_MULTIPLIER);
  const histogram = { values, subject: "Results of condors in points", factor: 1, unit: "pt", digits: 2 };
  const worst = values.reduce((low, value) => Math.min(low, value), 0);
  const best = values.reduce((high, value) => Math.max(high, value), 0);
  const tiers = backtest.arms.unhedged.tiers;
  const full = tiers.reduce((total, { fullLosses, trades }) => total + fullLosses * trades.count, 0);
  const ratio = best > 0 ? `, ${fixed(-worst / best, 1)} times the best win` : "";
  const source = sourceLine([
    [
      areOptionsModelled ? "modelled" : "observed",
      `${counted(values.length, "condor")}, all tiers, points each after costs`,
    ],
    ["note", HEIGHT_NOTE],
    ["note", `${counted(Math.round(full), "whole wing lost", "whole wings lost")}`],
  ]);
  const title = `The worst condor lost ${fixed(-worst, 2)} points${ratio}`;
  return section({ id: "condors", title, body: html`${histogramFigure(histogram)}${source}` });
}

function histogramFigure(histogram: Histogram): Html {
  const { factor, digits, unit, values, subject } = histogram;
  return figure({
    draw: (frame) => histogramChart(histogram, frame),
    table: dataTable({
      caption: `${subject}, range ${extremesText(values, factor)} ${unit}`,
      heads: ["From", "To", "Count"],
      rows: binsOf(values).map(({ from, to, count: inside }) => [
        signed(from * factor, digits),
        signed(to * factor, digits),
        String(inside),
      ]),
    }),
  });
}

function extremesText(values: readonly number[], factor: number): string {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  return factor === 100
    ? `${signedPercent(low, 2)} to ${signedPercent(high, 2)}`
    : `${signed(low, 2)} to ${signed(high, 2)}`;
}
