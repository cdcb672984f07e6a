/** Errors of a set of estimates, model less real. */
export interface Errors {
  readonly count: number;
  readonly bias: number;
  readonly mae: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function errorsOf(differences: readonly number[]): Errors {
  return {
    count: differences.length,
    bias: mean(differences),
    mae: mean(differences.map((value) => Math.abs(value))),
  };
}

/** Share of the variance of `actual` that `estimates` explain. */
export function determination(actual: readonly number[], estimates: readonly number[]): number {
  const center = mean(actual);
  const total = actual.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const left = actual.reduce((sum, value, index) => sum + (value - (estimates[index] ?? 0)) ** 2, 0);
  return 1 - left / total;
}

/** The value below which a share of the sorted values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Groups of values under keys, kept in order of first appearance. */
export class Groups {
  readonly #values = new Map<string, number[]>();

  add(key: string, value: number): void {
    const known = this.#values.get(key);
    if (known === undefined) this.#values.set(key, [value]);
    else known.push(value);
  }

  of(key: string): readonly number[] {
    return this.#values.get(key) ?? [];
  }

  errors(key: string): Errors {
    return errorsOf(this.of(key));
  }
}
