import { type Right, type Slice, type Strike, strike } from "@steward/model";

/** Of the forward: no delta that anybody asks for lies beyond. */
const LOWEST = 0.5;
const HIGHEST = 3;
/** Far from the money not every step of the grid is listed: so many are tried. */
const MOST_STEPS = 20;

/**
 * The quoted strike whose forward delta is nearest to the one sought; puts have negative deltas. The delta falls as the strike
 * rises: the grid is bisected for the crossing, and the nearer neighbor is taken. Undefined beside a gap.
 */
export function strikeNearestDelta(slice: Slice, right: Right, delta: number): Strike | undefined {
  const step = slice.strikeIncrement;
  const deltaAt = (index: number) => slice.mark(right, strike(index * step))?.delta;
  let low = Math.max(1, Math.floor((slice.forward * LOWEST) / step));
  let high = Math.ceil((slice.forward * HIGHEST) / step);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const at = deltaAt(middle);
    if (at === undefined) return undefined;
    if (at > delta) low = middle;
    else high = middle;
  }

  if (deltaAt(low) === undefined || deltaAt(high) === undefined) return undefined;
  const below = quotedFrom(slice, right, { index: low, direction: -1 });
  const above = quotedFrom(slice, right, { index: high, direction: 1 });
  if (below === undefined || above === undefined) return undefined;
  const distanceOf = (at: Strike): number =>
    Math.abs((slice.mark(right, at)?.delta ?? Number.POSITIVE_INFINITY) - delta);
  return distanceOf(below) <= distanceOf(above) ? below : above;
}

function quotedFrom(
  slice: Slice,
  right: Right,
  { index, direction }: { readonly index: number; readonly direction: 1 | -1 },
): Strike | undefined {
  for (let step = 0; step < MOST_STEPS && index + step * direction > 0; step++) {
    const at = strike((index + step * direction) * slice.strikeIncrement);
    if (slice.quote(right, at) !== undefined) return at;
  }
  return undefined;
}
