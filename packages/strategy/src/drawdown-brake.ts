import type { DrawdownBrakeConfig } from "./config.ts";
import type { SizeFactor } from "./size-factor.ts";
import { percentText } from "./verdict.ts";

/**
 * Less size the deeper an account lies below its peak: whole until `from`, the least from `until` on, straight between. Under
 * water the same dollar loss is a larger share, and rules that have stopped working show there first.
 */
export function drawdownBrake(
  { from, until, least }: DrawdownBrakeConfig,
  { equity, peakEquity }: { readonly equity: number; readonly peakEquity: number },
): SizeFactor {
  const depth = peakEquity > 0 ? Math.max(1 - equity / peakEquity, 0) : 0;
  const way = Math.min(Math.max((depth - from) / (until - from), 0), 1);
  const factor = 1 - way * (1 - least);
  const because = `${percentText(depth)} below the peak: ${factor === 1 ? "no brake" : `${percentText(factor)} of the size`}`;
  return { name: "drawdown", factor, because };
}
