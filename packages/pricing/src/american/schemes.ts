import type { AmericanScheme } from "./option.ts";
import { crowded, cubed, doubleExponential, gaussLegendre, panels } from "./quadrature.ts";
import { type CollocationScheme, collocationScheme, type SchemeShape } from "./scheme.ts";
import type { UnitPut } from "./unit-put.ts";

/**
 * The schemes of the public names; `wide`, as accurate where volatility or drift over the life is not everyday; `fine`
 * for derivatives, which magnify the error of a boundary that turns sharply; and `sharp` for a drift of many standard
 * deviations.
 */
export type SchemeName = AmericanScheme | "wide" | "fine" | "sharp";

interface Pair {
  /** For a boundary that ends at the strike, with a logarithm in it. */
  readonly toStrike: CollocationScheme;
  /** For a boundary that ends below the strike, at rate / yield, perhaps with a sharp turn soon after. */
  readonly toRatio: CollocationScheme;
}

/** The scheme of a name that suits a put; its tables are made at the first use. */
export function schemeOf(name: SchemeName, put: UnitPut): CollocationScheme {
  let pair = MADE.get(name);
  if (pair === undefined) {
    pair = MAKERS[name]();
    MADE.set(name, pair);
  }
  return put.logLimit < 0 ? pair.toRatio : pair.toStrike;
}

/**
 * The schemes to try for a put, best first. The small ones are made for puts of everyday size; where drift or
 * volatility over the life is large the boundary needs more nodes to be as accurate.
 */
export function schemesFor(
  name: AmericanScheme | "fine",
  { sigma, rate, yieldRate, logLimit }: UnitPut,
): readonly SchemeName[] {
  const drift = (rate - yieldRate) / sigma - 0.5 * sigma;
  if (drift < -SHARP_DRIFT) return FOR_SHARP;
  // The boundary turns sharply where the strike itself comes within reach.
  const reach = logLimit < 0 ? -logLimit / sigma : Number.POSITIVE_INFINITY;
  const size = Math.max(sigma, Math.abs(drift));
  if (size > (name === "fast" ? LARGEST : LARGE) || (name === "fine" && reach < WITHIN_REACH))
    return FALLBACKS.reference;
  const everyday = reach < SHARP_REACH ? EVERYDAY_SHARP : EVERYDAY;
  return name === "accurate" && size > everyday ? FALLBACKS.wide : FALLBACKS[name];
}

// In standard deviations. Beyond it the fine scheme is right to 4e-7 of each Greek.
const WITHIN_REACH = 1.8;
// Up to these the accurate scheme is right to 5e-8 of the strike, beyond them the wide one.
const SHARP_REACH = 1;
const EVERYDAY_SHARP = 0.37;
const EVERYDAY = 0.52;
const LARGE = 0.75;
const LARGEST = 1.1;
const SHARP_DRIFT = 12;

const FALLBACKS: Readonly<Record<Exclude<SchemeName, "sharp">, readonly SchemeName[]>> = {
  fast: ["fast", "accurate", "reference", "sharp"],
  accurate: ["accurate", "reference", "sharp"],
  wide: ["wide", "reference", "sharp"],
  fine: ["fine", "reference", "sharp"],
  reference: ["reference", "sharp", "accurate"],
};
const FOR_SHARP: readonly SchemeName[] = ["sharp", "reference", "accurate"];

const MADE = new Map<SchemeName, Pair>();

const MAKERS: Readonly<Record<SchemeName, () => Pair>> = {
  fast: () => {
    const common = {
      past: gaussLegendre(6),
      life: crowded(gaussLegendre(14)),
      denseLife: DENSE,
      lastMove: 0.01,
    };
    const scheme = collocationScheme({ size: 6, grading: 1, ...common });
    return { toStrike: scheme, toRatio: scheme };
  },
  accurate: () => {
    const life = crowded(gaussLegendre(24));
    const common = { past: gaussLegendre(12), life, denseLife: DENSE, lastMove: 0.001 };
    return {
      toStrike: collocationScheme({ size: 10, grading: 2, ...common }),
      toRatio: collocationScheme({ size: 12, grading: 1, ...common }),
    };
  },
  wide: () => {
    const life = crowded(gaussLegendre(28));
    const common = { past: gaussLegendre(14), life, denseLife: DENSE, lastMove: 0.001 };
    return {
      toStrike: collocationScheme({ size: 12, grading: 2, ...common }),
      toRatio: collocationScheme({ size: 16, grading: 1, ...common }),
    };
  },
  fine: () => {
    const life = doubleExponential(1 / 20, 3.4);
    const common = { life, denseLife: life, lastMove: 1e-4 };
    return {
      toStrike: collocationScheme({ size: 12, grading: 2, past: gaussLegendre(16), ...common }),
      toRatio: collocationScheme({
        size: 20,
        grading: 1,
        past: gaussLegendre(20),
        ...common,
      }),
    };
  },
  reference: () => {
    const life = doubleExponential(1 / 32, 3.4);
    return large({ past: gaussLegendre(48), life, denseLife: life, lastMove: 1e-8 });
  },
  // The spot drifts through the boundary at an almost certain time, which only an even denser rule sees.
  sharp: () => {
    const life = panels(gaussLegendre(8), 200);
    return large({ past: cubed(gaussLegendre(64)), life, denseLife: life, lastMove: 1e-8 });
  },
};

const DENSE = doubleExponential(1 / 20, 3.4);

function large(common: Omit<SchemeShape, "size" | "grading">): Pair {
  return {
    toStrike: collocationScheme({ size: 24, grading: 2, ...common }),
    toRatio: collocationScheme({ size: 40, grading: 1, ...common }),
  };
}
