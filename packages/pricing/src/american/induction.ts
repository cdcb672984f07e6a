import type { EuropeanOption } from "../option.ts";
import { type LogGrid, spotFactor } from "./log-grid.ts";
import { type GridState, gridState } from "./obstacle-step.ts";

/** Value of a position certain to stay in or out of the money: cash + shares * spot. */
export interface Edge {
  cash: number;
  shares: number;
}

/** The state of an induction on its way. */
export interface Induction {
  readonly option: EuropeanOption;
  readonly grid: LogGrid;
  readonly state: GridState;
  /** 1 for a call, -1 for a put. */
  readonly sign: 1 | -1;
  readonly low: Edge;
  readonly high: Edge;
  /** The node left of a kink of the values that lies between two nodes, or `NO_KINK`. */
  kink: number;
}

/** The state at expiration. */
export function atExpiration(option: EuropeanOption, grid: LogGrid): Induction {
  const state = gridState(grid.nodes.length);
  const { strike } = option;
  const isCall = option.right === "call";
  const out = { cash: 0, shares: 0 };
  const into = isCall ? { cash: -strike, shares: 1 } : { cash: strike, shares: -1 };
  const induction: Induction = {
    option,
    grid,
    state,
    sign: isCall ? 1 : -1,
    low: isCall ? out : into,
    high: isCall ? into : out,
    kink: NO_KINK,
  };
  writePayoffs(induction, 0);
  state.values.set(state.payoffs.map((payoff) => Math.max(payoff, 0)));
  return induction;
}

/** No node is near this one. */
export const NO_KINK = -100;

/** Writes what exercise pays at every node. */
export function writePayoffs({ option, grid, state, sign }: Induction, time: number): void {
  const factor = sign * spotFactor(grid, time);
  const cash = sign * option.strike;
  const { payoffs } = state;
  for (let i = 0; i < payoffs.length; i++) payoffs[i] = factor * (grid.nodes[i] ?? 0) - cash;
}

/** The value at an end of the grid, where exercise pays if it is worth more. */
export function edgeValue(induction: Induction, end: "low" | "high", time: number): number {
  const { option, grid, sign, state } = induction;
  const edge = induction[end];
  const at = end === "low" ? 0 : grid.nodes.length - 1;
  const spot = (grid.nodes[at] ?? 0) * spotFactor(grid, time);
  const payoff = sign * (spot - option.strike);
  const waiting = edge.cash + edge.shares * spot;
  state.exercised[at] = payoff > 0 && payoff >= waiting ? 1 : 0;
  if (!(payoff > waiting)) return waiting;
  edge.cash = -sign * option.strike;
  edge.shares = sign;
  return payoff;
}
