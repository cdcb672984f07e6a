// What an ordinary row is: within these sizes no step of the passes leaves the normal doubles, and their forms for small
// arguments hold. The others are left to the scalar functions.

/** Of spots; the strike is held by MOST_S. */
export const LEAST = 1e-6;
export const MOST = 1e12;
export const LEAST_TOTAL = 1e-6;
export const MOST_VOLATILITY = 100;
/** Of (spot - strike) / (spot + strike): up to the first logRatio is surely twiceArtanh; the second is 2000 to 1. */
export const WIDE_S = 0.17;
export const MOST_S = 0.999;
/** Below this exp(-u^2 / 2) is a normal double. */
export const MOST_U = 37;
