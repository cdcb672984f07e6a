import { strictExp as exp } from "@steward/pricing";

/**
 * For each position the average of the values up to and including it, weights halving every `halfLife` positions and
 * normalized, so that the first average is the first value.
 */
export function exponentialAverage(values: ArrayLike<number>, halfLife: number): Float64Array {
  const decay = exp(-Math.LN2 / halfLife);
  const averages = new Float64Array(values.length);
  let weighted = 0;
  let weight = 0;
  for (let index = 0; index < values.length; index += 1) {
    weighted = weighted * decay + (values[index] ?? 0);
    weight = weight * decay + 1;
    averages[index] = weighted / weight;
  }
  return averages;
}
