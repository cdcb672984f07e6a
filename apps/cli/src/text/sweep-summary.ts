import { settingText } from "../config/settings.ts";
import { probabilityOf } from "../sweep/findings.ts";
import type { Sweep } from "../sweep-document.ts";
import { commandLine } from "./command-line.ts";
import { alignColumns, fixed, percent, signed, signedPercent } from "./format.ts";

/** Rows shown; --json has all. */
const SHOWN = 20;

/** The best variants, and what the best of them is worth. */
export function sweepSummary(sweep: Sweep): readonly string[] {
  const { base, variants, results } = sweep;
  const sessions = results[0]?.sessions ?? 0;
  const { from, to } = sweep.range;
  const ranked = results
    .map((result, index) => ({ settings: (variants[index] ?? []).map(settingText).join(" "), result }))
    .toSorted((left, right) => (right.result.sharpe?.value ?? 0) - (left.result.sharpe?.value ?? 0));
  const rows = ranked
    .slice(0, SHOWN)
    .map(({ settings, result }) => [
      settings,
      signedPercent(result.growth),
      percent(result.volatility),
      signedPercent(result.drawdown),
      result.sharpe === undefined ? "n/a" : signed(result.sharpe.value, 2),
      percent(probabilityOf(result), 0),
    ]);
  const header = ["Variant", "growth a year", "volatility", "deepest drawdown", "Sharpe", "above zero"];
  return [
    `${fixed(results.length, 0)} variants of ${base.name} over ${fixed(sessions, 0)} sessions from ${from} to ${to}, options modelled, one account each`,
    "",
    ...alignColumns([header, ...rows]),
    ...(results.length > SHOWN ? [`  and ${fixed(results.length - SHOWN, 0)} more, all with --json`] : []),
    "",
    ...findingLines(sweep),
  ];
}

function findingLines({ flags, findings, results, variants }: Sweep): readonly string[] {
  if (findings === undefined) return ["No variant's equity moves: there is nothing to choose."];
  const { best, overfitting } = findings;
  const count = fixed(results.length, 0);
  const lines = [
    `The best shows a Sharpe of ${signed(best.sharpe.value, 2)}; the best of ${count} worthless ones that differ as these do would show ${signed(best.luck, 2)}.`,
    `It is better than luck with a probability of ${percent(best.deflated, 0)} (deflated Sharpe); as if nothing else had been tried, better than nothing with ${percent(best.probabilistic, 0)}.`,
  ];
  if (overfitting !== undefined) {
    const { probability, lossProbability, splits } = overfitting;
    lines.push(
      `The best variant of one half of the sessions is no better than the middle one in the other half in ${percent(probability, 0)} of ${fixed(splits, 0)} ways to halve them (probability of backtest overfitting), and loses there in ${percent(lossProbability, 0)}.`,
    );
  }
  const set = [...(flags.set ?? []), ...(variants[best.index] ?? [])];
  const command = commandLine("backtest", { ...flags, set, report: "best.html" });
  return [...lines, "", "The best with its error bars and its report:", `  ${command}`];
}
