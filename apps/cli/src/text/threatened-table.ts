import { summarizeThreatened, type ThreatenedTrade } from "@steward/engine";
import { alignColumns, percent, signed } from "./format.ts";

/** What threatened sides brought on each of the three ways from the threat on, by tier. */
export function threatenedTable(trades: readonly ThreatenedTrade[] | undefined): readonly string[] {
  if (trades === undefined) return [];
  if (trades.length === 0) return ["", "No condor was threatened at a decision."];
  const groups = [...Map.groupBy(trades, ({ tier }) => tier), ["all", trades] as const];
  const points = (value: number | undefined): string => (value === undefined ? "n/a" : signed(value, 2));
  const rows = groups.flatMap(([tier, own]) => {
    const sum = summarizeThreatened(own);
    if (sum === undefined) return [];
    return [
      [
        tier,
        `${sum.trades}`,
        points(sum.hold),
        points(sum.exit),
        points(sum.shift),
        `${sum.shiftable}`,
        percent(sum.recovered),
        percent(sum.saved),
        points(sum.worstShift),
        points(sum.regret),
      ],
    ];
  });
  const header = [
    "Threatened",
    "sides",
    "held",
    "ended",
    "shifted",
    "could be shifted",
    "losers recovered",
    "dollars recovered",
    "worst shift",
    "regret",
  ];
  return [
    "",
    ...alignColumns([header, ...rows]),
    "  Mean points of one side from the threat on, after fees; regret against the best way of each, which nobody knows before.",
  ];
}
