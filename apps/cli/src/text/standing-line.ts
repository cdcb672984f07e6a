import type { Standing } from "../trials.ts";
import { fixed, percent, signed } from "./format.ts";

/** What a result is worth among all that was tried, in a line. */
export function standingLine({ tried, sharpe, luck, probabilistic, deflated }: Standing): string {
  const ratio = `a Sharpe of ${signed(sharpe, 2)} is more than nothing with ${percent(probabilistic, 0)}`;
  if (tried === 1) return `The first configuration tried: ${ratio} (steward trials).`;
  return `Configurations tried so far: ${fixed(tried, 0)}. Alone, ${ratio}; more than the ${signed(luck, 2)} that luck shows in the best of so many with ${percent(deflated, 0)} (steward trials).`;
}
