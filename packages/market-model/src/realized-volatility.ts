import { strictLog as log } from "@steward/pricing";

/**
 * For each close the sample standard deviation of the last `returns` log returns, times √252: a decimal. Undefined
 * until there are as many returns.
 */
export function realizedVolatility(
  closes: readonly number[],
  returns: number,
): readonly (number | undefined)[] {
  const logs = closes.map(log);
  return logs.map((_, index) => {
    if (index < returns) return undefined;

    const steps = logs
      .slice(index - returns + 1, index + 1)
      .map((value, step) => value - (logs[index - returns + step] ?? value));
    const mean = steps.reduce((sum, value) => sum + value, 0) / returns;
    const squares = steps.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    return Math.sqrt((252 * squares) / (returns - 1));
  });
}
