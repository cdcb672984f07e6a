/**
 * Positions of a series that a chart of so many pixels needs: the first and the last, and in each pixel column the lowest and
 * the highest, in their order. Nothing that could be seen is lost, least of all an extreme.
 */
export function thin(values: ArrayLike<number>, pixels: number): readonly number[] {
  const { length } = values;
  if (length <= 2 * pixels) return Array.from({ length }, (_, index) => index);

  const kept = new Set([0]);
  for (let column = 0; column < pixels; column += 1) {
    const start = Math.floor((column * length) / pixels);
    const end = Math.floor(((column + 1) * length) / pixels);
    let low = start;
    let high = start;
    for (let index = start + 1; index < end; index += 1) {
      if ((values[index] ?? 0) < (values[low] ?? 0)) low = index;
      if ((values[index] ?? 0) > (values[high] ?? 0)) high = index;
    }
    kept.add(Math.min(low, high)).add(Math.max(low, high));
  }
  kept.add(length - 1);
  return [...kept];
}
