import { strictExp, strictLog } from "../strict-math.ts";

const PLACES = 801;
const GOLDEN = 0.6180339887498949;
const SECTIONS = 40;

/**
 * The least value of a function on an interval: sampled at 801 places that lie close together around 0, on the scale of
 * `width`, and far apart at the ends, then followed to the bottom between them.
 */
export function leastIn(
  value: (k: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
  width: number,
): { readonly at: number; readonly value: number } {
  const places = spreadPlaces(from, to, Math.max(width, 1e-6));
  const values = places.map(value);
  let best = { at: from, value: Number.POSITIVE_INFINITY };
  values.forEach((own, i) => {
    const below = values[i - 1] ?? Number.POSITIVE_INFINITY;
    const above = values[i + 1] ?? Number.POSITIVE_INFINITY;
    if (!(own <= below && own <= above)) return;
    const low = places[i - 1] ?? from;
    const high = places[i + 1] ?? to;
    const bottom = followDown(value, low, high);
    const found = bottom.value < own ? bottom : { at: places[i] ?? from, value: own };
    if (found.value < best.value) best = found;
  });
  return best;
}

/** k = width sinh(u) with u even. */
function spreadPlaces(from: number, to: number, width: number): readonly number[] {
  const low = inverseSinh(from / width);
  const high = inverseSinh(to / width);
  return Array.from({ length: PLACES }, (_, i) => {
    const u = strictExp(low + ((high - low) * i) / (PLACES - 1));
    return 0.5 * width * (u - 1 / u);
  });
}

function inverseSinh(x: number): number {
  const size = Math.abs(x);
  const value = strictLog(size + Math.sqrt(size * size + 1));
  return x < 0 ? -value : value;
}

/** Golden-section search. */
function followDown(value: (k: number) => number, from: number, to: number): { at: number; value: number } {
  let low = from;
  let high = to;
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let leftValue = value(left);
  let rightValue = value(right);
  for (let i = 0; i < SECTIONS; i++) {
    if (leftValue <= rightValue) {
      high = right;
      right = left;
      rightValue = leftValue;
      left = high - GOLDEN * (high - low);
      leftValue = value(left);
    } else {
      low = left;
      left = right;
      leftValue = rightValue;
      right = low + GOLDEN * (high - low);
      rightValue = value(right);
    }
  }
  return leftValue <= rightValue ? { at: left, value: leftValue } : { at: right, value: rightValue };
}
