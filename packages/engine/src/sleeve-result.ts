import { type TradeStatistics, tradeStatistics } from "@steward/analytics";
import { toModel } from "@steward/model";
import { OPTION_MULTIPLIER } from "@steward/strategy";
import { type Arm, type ArmOptions, measureArm } from "./arm.ts";
import { type FinancingResult, measureFinancing } from "./financing.ts";
import { type Independence, measureIndependence } from "./independence.ts";
import type { Run } from "./kernel.ts";
import type { Market } from "./ports.ts";

/** One rung of the sleeve's ladder: what it opened and settled, in points per unit after fees. */
export interface RungStatistics {
  readonly rung: string;
  readonly trades: TradeStatistics;
}

/** What the second engine earned, and how far on its own. */
export interface SleeveResult {
  readonly arm: Arm;
  readonly rungs: readonly RungStatistics[];
  /** Sessions in which it entered. */
  readonly entries: number;
  readonly independence: Independence;
  /** What its loan cost; left out where it has none. */
  readonly financing?: FinancingResult;
}

/** Measures the sleeve's run in a market beside the unhedged first engine's. */
export function measureSleeve(
  market: Market,
  { run, first }: { readonly run: Run; readonly first: Run },
  options: ArmOptions & { readonly equityPremium: number },
): SleeveResult {
  const financing = measureFinancing(run, market.view, options.equityPremium);
  return {
    arm: measureArm(run, [], options),
    rungs: rungsOf(run),
    entries: run.rows.filter(({ decision }) => decision.secondEngine?.action === "enter").length,
    independence: measureIndependence(first, run, options),
    ...(financing && { financing }),
  };
}

function rungsOf({ roundTrips }: Run): readonly RungStatistics[] {
  const results = new Map<string, number[]>();
  for (const { purpose, result, quantity } of roundTrips) {
    if (purpose.kind !== "sleeve") continue;
    const own = results.get(purpose.rung) ?? [];
    results.set(purpose.rung, own);
    own.push(toModel(result) / quantity / OPTION_MULTIPLIER);
  }
  return [...results].flatMap(([rung, own]) => {
    const trades = tradeStatistics(own);
    return trades === undefined ? [] : [{ rung, trades }];
  });
}
