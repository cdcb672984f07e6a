import { strictExp, strictLog } from "../strict-math.ts";

const PLACES = 401;
const GOLDEN = 0.6180339887498949;
const SECTIONS = 30;

/** Where a function was found least, and its value there. */
export interface Least {
  readonly at: number;
  readonly value: number;
}

/**
 * The least value of a function on an interval: sampled at 401 places that lie close together around 0, on the scale of
 * `width`, and far apart at the ends, then the two lowest dips followed to their bottoms.
 */
export function leastIn(
  value: (k: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
  width: number,
): Least {
  const places = spreadPlaces(from, to, Math.max(width, 1e-6));
  const values = places.map((k) => value(k));
  let first = 0;
  let second = -1;
  for (let i = 1; i < PLACES; i++) {
    const own = values[i] ?? 0;
    const isDip = own <= (values[i - 1] ?? own) && own <= (values[i + 1] ?? own);
    if (own < (values[first] ?? own)) {
      // A lower place next to the lowest belongs to the same dip.
      if (first < i - 1) second = first;
      first = i;
    } else if (isDip && i > first + 1 && (second < 0 || own < (values[second] ?? own))) second = i;
  }
  const bottoms = [first, second].filter((i) => i >= 0).map((i) => bottomAt(value, places, i));
  return bottoms.reduce((best, bottom) => (bottom.value < best.value ? bottom : best));
}

/** k = width sinh(u) with u even; exp(u) by repeated multiplication. */
function spreadPlaces(from: number, to: number, width: number): Float64Array {
  const low = inverseSinh(from / width);
  const high = inverseSinh(to / width);
  const ratio = strictExp((high - low) / (PLACES - 1));
  const places = new Float64Array(PLACES);
  let power = strictExp(low);
  for (let i = 0; i < PLACES; i++) {
    places[i] = 0.5 * width * (power - 1 / power);
    power *= ratio;
  }
  places[0] = from;
  places[PLACES - 1] = to;
  return places;
}

function inverseSinh(x: number): number {
  const size = Math.abs(x);
  const value = strictLog(size + Math.sqrt(size * size + 1));
  return x < 0 ? -value : value;
}

/** Golden-section search between the neighbors of a place; the place itself where that finds nothing lower. */
function bottomAt(value: (k: number) => number, places: Float64Array, index: number): Least {
  const own = places[index] ?? 0;
  const start = { at: own, value: value(own) };
  let low = places[index - 1] ?? own;
  let high = places[index + 1] ?? own;
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
  const found = leftValue <= rightValue ? { at: left, value: leftValue } : { at: right, value: rightValue };
  return found.value < start.value ? found : start;
}
