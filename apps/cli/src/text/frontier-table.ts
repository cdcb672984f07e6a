import type { Band, FrontierArm } from "@steward/engine";
import { armName, type Frontier } from "../frontier-document.ts";
import { alignColumns, fixed, percent, signed, signedPercent } from "./format.ts";

/** Every way at every budget: what it cost, what it saved, and what a point of drawdown cost. */
export function frontierTable({ configuration, result }: Frontier): readonly string[] {
  const { from, to, unhedged, arms } = result;
  const { growth, drawdown, sessions } = unhedged;
  const header = [
    "Against the unhedged condors",
    "budget",
    "spends",
    "costs a year",
    "95 % interval",
    "saves points",
    "95 % interval",
    "a point costs",
  ];
  return [
    `${fixed(sessions, 0)} sessions of ${configuration.name} from ${from} to ${to}, options modelled; unhedged: growth ${signedPercent(growth)} a year, deepest drawdown ${signedPercent(drawdown)}`,
    "",
    ...alignColumns([header, ...arms.map(armRow)]),
    "",
    ...countLines(arms),
    ...offBudgetLines(arms),
    ...jitterLines(arms),
  ];
}

function armRow({ protection, paired, ...arm }: FrontierArm): readonly string[] {
  const interval = (low: number | undefined, high: number | undefined, decimals: number): string =>
    low === undefined || high === undefined
      ? "n/a"
      : `${signed(low * 100, decimals)} to ${signed(high * 100, decimals)}`;
  return [
    armName(arm),
    percent(arm.budgetShare),
    percent(arm.spent, 2),
    signedPercent(protection?.costAYear, 2),
    // Growth of the one less that of the other is the cost with its sign turned.
    interval(paired && -paired.growth.high95, paired && -paired.growth.low95, 2),
    protection === undefined ? "n/a" : signed(protection.drawdownSaved * 100, 1),
    interval(paired?.drawdown.low95, paired?.drawdown.high95, 1),
    protection?.costPerPoint === undefined ? "none saved" : signedPercent(protection.costPerPoint, 2),
  ];
}

/** How many ways to hedge saved anything: the best of many is chosen by luck, their number is not. */
function countLines(arms: readonly FrontierArm[]): readonly string[] {
  const hedges = arms.filter(({ kind }) => kind !== "size");
  const saved = hedges.filter(({ protection }) => (protection?.drawdownSaved ?? 0) > 0).length;
  const surely = hedges.filter(({ paired }) => (paired?.drawdown.low95 ?? 0) > 0).length;
  const others = `${fixed(surely, 0)} with an interval above zero`;
  return [
    `Of ${fixed(hedges.length, 0)} hedges ${fixed(saved, 0)} made the deepest drawdown shallower, ${others}.`,
  ];
}

/** An arm compares with others at its budget only as far as it spends it. */
const OFF_BUDGET = 0.15;

function offBudgetLines(arms: readonly FrontierArm[]): readonly string[] {
  const budgetsByReason = new Map<string, string[]>();
  for (const arm of arms) {
    if (Math.abs(arm.spent / arm.budgetShare - 1) <= OFF_BUDGET) continue;
    const reason = `${armName(arm)}: ${reasonOf(arm)}`;
    budgetsByReason.set(reason, [...(budgetsByReason.get(reason) ?? []), percent(arm.budgetShare)]);
  }
  if (budgetsByReason.size === 0) return [];
  return [
    "Off their budget by more than 15 %:",
    ...[...budgetsByReason].map(([reason, budgets]) => `  ${reason} (at ${listed(budgets)}).`),
  ];
}

function reasonOf({ kind, spent, budgetShare }: FrontierArm): string {
  if (kind === "size") return "credits and whole condors do not shrink evenly with the size";
  if (kind === "vxth" && spent < budgetShare)
    return "none are bought while the VIX future is at 15 or under or above 50, half as many above 30";
  if (spent === 0) return "the budget never buys one unit";
  if (spent > budgetShare) return "a hedge once opened keeps one unit of an account that has shrunk";
  return kind === "layers"
    ? "units are whole, and a unit is dearest on the days on which longer layers are rolled"
    : "units are whole";
}

function jitterLines(arms: readonly FrontierArm[]): readonly string[] {
  const jittered = arms.flatMap((arm) => (arm.jitter === undefined ? [] : [{ arm, jitter: arm.jitter }]));
  const runs = jittered[0]?.jitter.runs;
  if (runs === undefined) return [];
  const told = ({ low5, median, high95 }: Band, decimals: number): readonly string[] => [
    signed(median * 100, decimals),
    `${signed(low5 * 100, decimals)} to ${signed(high95 * 100, decimals)}`,
  ];
  const rows = jittered.map(({ arm, jitter: { costAYear, drawdownSaved, costPerPoint } }) => [
    armName(arm),
    percent(arm.budgetShare),
    ...told(costAYear, 2),
    ...told(drawdownSaved, 1),
    ...(costPerPoint === undefined ? ["none saved", ""] : told(costPerPoint, 2)),
  ]);
  const header = [
    `Over ${fixed(runs, 0)} runs that roll otherwise`,
    "budget",
    "costs a year, %",
    "5 to 95 %",
    "saves points",
    "5 to 95 %",
    "a point costs, %",
    "5 to 95 %",
  ];
  return ["", ...alignColumns([header, ...rows])];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
