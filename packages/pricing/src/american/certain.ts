import { europeanGreeks } from "../european.ts";
import type { EuropeanOption, PriceAndGreeks } from "../option.ts";
import { strictExp, strictLog } from "../strict-math.ts";
import type { UnitPut } from "./unit-put.ts";

/** When a put on a spot without volatility is exercised, as a share of its life, and what that is worth now. */
export interface CertainExercise {
  readonly time: number;
  readonly value: number;
}

/**
 * The best fixed time to exercise a unit put whose spot follows its forward: now, at the end, or where the derivative of
 * e^(-r t) - S e^(-q t) is zero. Value 0 if no time pays.
 */
export function certainExercise({ spot, rate, yieldRate }: UnitPut): CertainExercise {
  const turn = strictLog(rate / (yieldRate * spot)) / (rate - yieldRate);
  let best: CertainExercise = { time: 1, value: 0 };
  for (const time of [1, turn, 0]) {
    if (!(time >= 0 && time <= 1)) continue;
    const value = strictExp(-rate * time) - spot * strictExp(-yieldRate * time);
    if (value > 0 && value >= best.value) best = { time, value };
  }
  return best;
}

/** Greeks without volatility: those of a payment at the best time; at that time the price does not change with it. */
export function certainGreeks(option: EuropeanOption, { time, value }: CertainExercise): PriceAndGreeks {
  if (time === 1 || value === 0) return europeanGreeks(option);
  const { strike, spot, rate, dividendYield, years } = option;
  const sign = option.right === "call" ? 1 : -1;
  const date = time * years;
  const cash = strike * strictExp(-rate * date);
  const shares = strictExp(-dividendYield * date);
  return {
    price: sign * (spot * shares - cash),
    delta: sign * shares,
    // By the envelope theorem the best time itself moves with the spot; that is all the curvature there is.
    gamma: curvatureOf(option, time),
    vega: 0,
    theta: 0,
    rho: sign * date * cash,
  };
}

/** Where r K e^(-r t) = q S e^(-q t) at the best time t, delta is the shares then, and dt/dS is 1 / (S (q - r)). */
function curvatureOf({ right, spot, rate, dividendYield, years }: EuropeanOption, time: number): number {
  const sign = right === "call" ? 1 : -1;
  const shares = strictExp(-dividendYield * time * years);
  return (sign * dividendYield * shares) / (spot * (rate - dividendYield));
}
