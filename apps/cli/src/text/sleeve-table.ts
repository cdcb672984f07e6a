import type { SleeveResult } from "@steward/engine";
import { alignColumns, dollars, fixed, percent, signed, signedPercent } from "./format.ts";

/** What the second engine opened, and how far it goes its own way beside the unhedged first; nothing where there is none. */
export function sleeveTable(sleeve: SleeveResult | undefined): readonly string[] {
  if (sleeve === undefined) return [];
  const rungs = sleeve.rungs.map(({ rung, trades, extrinsic }) => [
    rung,
    String(trades.count),
    percent(trades.winRate.value),
    trades.breakEvenWinRate === undefined ? "n/a" : percent(trades.breakEvenWinRate),
    trades.averageLoss === undefined ? "n/a" : signed(trades.averageLoss, 2),
    signed(trades.average, 2),
    ...(extrinsic === undefined ? ["", ""] : [percent(extrinsic.collected), signedPercent(extrinsic.kept)]),
  ]);
  const header = [
    "Second engine",
    "trades",
    "wins",
    "needs",
    "average loss",
    "mean, points",
    "collected of margin",
    "kept",
  ];
  return [
    "",
    ...(rungs.length === 0
      ? ["  Second engine: nothing that it opened has ended."]
      : alignColumns([header, ...rungs])),
    `  It entered in ${sleeve.entries} sessions.`,
    bigTopLine(sleeve),
    ...independenceLines(sleeve),
    ...financingLines(sleeve),
  ];
}

function bigTopLine({ bigTop: { sessions, conditions, all } }: SleeveResult): string {
  const of = (name: keyof typeof conditions): string =>
    sessions === 0 ? "n/a" : percent(conditions[name] / sessions, 0);
  return `  The literal big top, in ${sessions} sessions: VIX above its mean ${of("vix-above-mean")}, over realized volatility ${of("implied-over-realized")}, steep curve ${of("steep-curve")}, index overbought ${of("index-overbought")}; all four in ${all} sessions.`;
}

function independenceLines({ independence }: SleeveResult): readonly string[] {
  const { correlation, rSquared, tail, episodes } = independence;
  if (correlation === undefined || rSquared === undefined || tail === undefined)
    return ["  Their correlation is not defined: one of the two accounts hardly moved."];
  const band = `${signed(correlation.low95, 2)} to ${signed(correlation.high95, 2)}`;
  const inTail = tail.correlation === undefined ? "not defined" : signed(tail.correlation, 2);
  const shocks = episodes.map(
    ({ name, first, sleeve }) => `${name} ${signedPercent(sleeve)} beside ${signedPercent(first)}`,
  );
  return [
    `  Correlation with the unhedged first engine ${signed(correlation.value, 2)} (95 %: ${band}), R squared ${fixed(rSquared, 2)}.`,
    `  In the first engine's worst ${tail.sessions} sessions: correlation ${inTail}, ${percent(tail.shared, 0)} of them among the worst of both; 5 % were chance.`,
    ...(shocks.length > 0 ? [`  In shocks: ${shocks.join(", ")}.`] : []),
  ];
}

function financingLines({ financing }: SleeveResult): readonly string[] {
  if (financing === undefined) return [];
  const { borrowed, interest, boxRate, billRate, marginRate, hurdle, wacc, ownGrowth } = financing;
  const of = (rate: number | undefined): string => percent(rate, 2);
  return [
    `  Boxes lent it ${dollars(borrowed)} at ${of(boxRate)} a year, bills paid ${of(billRate)}, a margin loan would have cost ${of(marginRate)}: ${dollars(interest)} of interest.`,
    `  What it has beyond the loan grew ${signedPercent(ownGrowth)} a year; at its beta capital asks ${of(hurdle)}, with what the loan costs beyond bills ${of(wacc)} on the whole.`,
  ];
}
