/**
 * Factors the square matrix in place, rows exchanged for the largest pivot, and solves for `values` in place. Returns
 * false, with both spoilt, if the matrix is singular.
 */
export function solveInPlace(matrix: Float64Array, values: Float64Array): boolean {
  const size = values.length;
  for (let c = 0; c < size; c++) {
    pivot(matrix, values, c);
    const diagonal = matrix[c * size + c] ?? 0;
    if (!(diagonal > 0 || diagonal < 0)) return false;
    const inverse = 1 / diagonal;
    const value = values[c] ?? 0;
    for (let r = c + 1; r < size; r++) {
      const factor = (matrix[r * size + c] ?? 0) * inverse;
      if (factor === 0) continue;
      for (let k = c + 1; k < size; k++) {
        matrix[r * size + k] = (matrix[r * size + k] ?? 0) - factor * (matrix[c * size + k] ?? 0);
      }
      values[r] = (values[r] ?? 0) - factor * value;
    }
  }
  for (let c = size - 1; c >= 0; c--) {
    let sum = values[c] ?? 0;
    for (let k = c + 1; k < size; k++) sum -= (matrix[c * size + k] ?? 0) * (values[k] ?? 0);
    values[c] = sum / (matrix[c * size + c] ?? 0);
  }
  return true;
}

function pivot(matrix: Float64Array, values: Float64Array, c: number): void {
  const size = values.length;
  let best = c;
  for (let r = c + 1; r < size; r++) {
    if (Math.abs(matrix[r * size + c] ?? 0) > Math.abs(matrix[best * size + c] ?? 0)) best = r;
  }
  if (best === c) return;
  for (let k = c; k < size; k++) {
    const kept = matrix[c * size + k] ?? 0;
    matrix[c * size + k] = matrix[best * size + k] ?? 0;
    matrix[best * size + k] = kept;
  }
  const kept = values[c] ?? 0;
  values[c] = values[best] ?? 0;
  values[best] = kept;
}
