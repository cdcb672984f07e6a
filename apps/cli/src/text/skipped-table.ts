import type { SkippedCondors } from "@steward/engine";
import { alignColumns, fixed, percent, signed } from "./format.ts";

/** What skipped sessions would have brought, the most frequent reason first. */
export function skippedTable(skipped: readonly SkippedCondors[] | undefined): readonly string[] {
  if (skipped === undefined) return [];
  if (skipped.length === 0) return ["", "No session with prices was skipped."];
  const rows = skipped.map(({ tier, reason, sessions, trades, mean }) => [
    tier,
    reason,
    fixed(sessions, 0),
    trades === undefined ? "0" : fixed(trades.count, 0),
    percent(trades?.winRate.value),
    percent(trades?.breakEvenWinRate),
    trades === undefined ? "n/a" : signed(trades.average, 2),
    mean === undefined ? "n/a" : `${signed(mean.low95, 2)} to ${signed(mean.high95, 2)}`,
  ]);
  const header = [
    "Skipped",
    "because",
    "sessions",
    "condors",
    "would win",
    "needs",
    "mean, points",
    "95 % interval",
  ];
  return [
    "",
    ...alignColumns([header, ...rows], 2),
    "  Each tier's condor without its gate and limits, at the same fills and fees, held to settlement.",
  ];
}
