/**
 * Best bid and ask in index points. A bid of zero means that nobody buys: the contract cannot be sold.
 */
export interface Quote {
  readonly bid: number;
  readonly ask: number;
  /** Contracts that each side is good for; left out where nobody says. */
  readonly bidSize?: number;
  readonly askSize?: number;
}

/** The arithmetic middle. */
export function mid({ bid, ask }: Quote): number {
  return (bid + ask) / 2;
}

/** Half of ask minus bid: the cost of crossing once, one way. */
export function halfSpread({ bid, ask }: Quote): number {
  return (ask - bid) / 2;
}
