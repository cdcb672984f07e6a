import fc from "fast-check";

/**
 * Numbers spread evenly over a range, and now and then one of the odd ones that `fc.double` prefers: it draws evenly from
 * all floating-point numbers, most of which are smaller than anything in a market.
 */
export function between(min: number, max: number): fc.Arbitrary<number> {
  const even = fc.integer({ min: 0, max: FINENESS }).map((i) => min + ((max - min) * i) / FINENESS);
  return fc.oneof(
    { arbitrary: even, weight: 15 },
    { arbitrary: fc.double({ min, max, noNaN: true }), weight: 1 },
  );
}

const FINENESS = 2 ** 31 - 1;
