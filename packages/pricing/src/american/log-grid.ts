// The grid of the finite differences. In the frame that moves with the drift of the log spot the pricing equation is
// pure diffusion: with S = s e^(-mu tau), mu = r - q - sigma^2 / 2 and tau the time to expiration,
//   du/dtau = sigma^2 / 2 d2u/dx2 - r u,  x = ln s,
// so no ratio of drift to diffusion can upset it. Nodes are equidistant in x, one of them at the strike at expiration.

import type { EuropeanOption } from "../option.ts";
import { logRatio, strictExp, strictLog } from "../strict-math.ts";

/** Nodes and the constants of the frame. */
export interface LogGrid {
  /** s = S at expiration, ascending. */
  readonly nodes: Float64Array;
  readonly logFirst: number;
  /** Distance of two nodes in x. */
  readonly step: number;
  /** mu. */
  readonly drift: number;
  /** sigma^2 / 2. */
  readonly diffusion: number;
  readonly rate: number;
  readonly dividendYield: number;
}

/**
 * A grid of about 100 cells around the spot and strike of `frame`, or twice that for every level above 0, keeping all
 * nodes.
 */
export function logGrid(
  option: EuropeanOption,
  { level, frame }: { readonly level: number; readonly frame: EuropeanOption },
): LogGrid {
  const { strike, rate, dividendYield } = option;
  const reach = REACH * frame.volatility * Math.sqrt(frame.years);
  const logSpot = logRatio(frame.spot, strike) + driftOf(frame) * frame.years;
  const turn = bandEnd(option);
  const below = reach - Math.min(logSpot, turn, 0);
  const above = reach + Math.max(logSpot, turn, 0);
  const step = (below + above) / COARSEST;
  const cellsBelow = Math.ceil(below / step);
  const cellsAbove = Math.ceil(above / step);
  const fineness = 2 ** level;
  const count = fineness * (cellsBelow + cellsAbove) + 1;
  return {
    nodes: Float64Array.from({ length: count }, (_, i) => {
      return strike * strictExp((i / fineness - cellsBelow) * step);
    }),
    logFirst: strictLog(strike) - cellsBelow * step,
    step: step / fineness,
    drift: driftOf(option),
    diffusion: 0.5 * option.volatility * option.volatility,
    rate,
    dividendYield,
  };
}

const COARSEST = 100;

/** Between two negative rates exercise ends at rate / yield of the strike: ln of that, within what a grid can span. */
function bandEnd({ rate, dividendYield }: EuropeanOption): number {
  if (!(rate < 0 && dividendYield < 0)) return 0;
  return Math.max(-FARTHEST_BAND, Math.min(logRatio(rate, dividendYield), FARTHEST_BAND));
}

const FARTHEST_BAND = 2;

function driftOf({ rate, dividendYield, volatility }: EuropeanOption): number {
  return rate - dividendYield - 0.5 * volatility * volatility;
}
// In standard deviations over the life; what lies outside has a probability of 1e-10.
const REACH = 6.5;

/** The spot over s at a time to expiration. */
export function spotFactor({ drift }: LogGrid, time: number): number {
  return strictExp(-drift * time);
}

/** Value between nodes `i` and `i + 1`, by the cubic through these and their neighbors. */
export function cubicAt(values: Float64Array, i: number, rest: number): number {
  const a = values[i - 1] ?? 0;
  const b = values[i] ?? 0;
  const c = values[i + 1] ?? 0;
  const d = values[i + 2] ?? 0;
  const up = rest + 1;
  const down = rest - 1;
  const far = rest - 2;
  return (d * up * rest * down - a * rest * down * far) / 6 + (b * up * down * far - c * up * rest * far) / 2;
}
