import { addMoney, type Money, multiplyMoney, toLedger, zeroMoney } from "@steward/model";
import { type Book, byUnderlying, type Line, legName, type Underlying, type UnderlyingBook } from "./book.ts";
import { atLeastZero, largest, lessMoney } from "./exact.ts";
import { impliedOf, optionValue, type PortfolioMarket } from "./revaluation.ts";

/** How far an underlying is moved, in percent, down (negative) and up: five equal steps to each. */
export interface MoveRange {
  readonly down: number;
  readonly up: number;
}

/** The parameters of portfolio margin. `docs/margin.md` names the source of each and how sure it is. */
export interface PortfolioRules {
  readonly moves: Readonly<Record<Underlying, MoveRange>>;
  /** Dollars for each point that a contract's multiplier has, long or short. */
  readonly minimumPerMultiplier: number;
}

const BROAD: MoveRange = { down: -8, up: 6 };

/**
 * The grid of portfolio margin (Cboe rule 10.4, FINRA rule 4210(g)): -8 to +6 % for broad indices of high capitalization
 * (SEC 34-46576) and SPY on one of them, 20 % either way for VIX (from memory).
 */
export const portfolioRules: PortfolioRules = {
  moves: { SPX: BROAD, XSP: BROAD, SPY: BROAD, VIX: { down: -20, up: 20 } },
  minimumPerMultiplier: 0.375,
};

/** The move of single stocks, for a broker that takes SPY as one. */
export const equityMoves: MoveRange = { down: -15, up: 15 };

/** What everything on one underlying gains with it so far moved. */
export interface StressPoint {
  /** Percent. */
  readonly move: number;
  readonly spot: number;
  readonly result: Money;
}

/** A leg as it is revalued. */
export interface StressedLeg {
  readonly name: string;
  readonly count: number;
  readonly price: number;
  /** Held through all moves, a decimal; 0 where the price holds no time value. */
  readonly volatility: number;
}

/** One underlying: nothing of it offsets another. */
export interface StressedClass {
  readonly underlying: Underlying;
  readonly spot: number;
  readonly legs: readonly StressedLeg[];
  readonly shares: number;
  readonly points: readonly StressPoint[];
  readonly largestLoss: Money;
  readonly minimum: Money;
  readonly requirement: Money;
}

/** Portfolio margin and the grid it was read from. Option values count as equity, so that it is the net deposit as well. */
export interface PortfolioMargin {
  readonly requirement: Money;
  readonly classes: readonly StressedClass[];
}

/**
 * The largest loss of each underlying's positions over ten moves of it, revalued at once and at the volatility that each
 * price holds, but no less than the minimum for each contract; summed over underlyings.
 */
export function portfolioMargin(book: Book, market: PortfolioMarket, rules: PortfolioRules): PortfolioMargin {
  const classes = byUnderlying(book, market).map((held) => stressedClass(held, market, rules));
  return { classes, requirement: addMoney(...classes.map(({ requirement }) => requirement)) };
}

function stressedClass(held: UnderlyingBook, market: PortfolioMarket, rules: PortfolioRules): StressedClass {
  const { underlying, spot, lines, shares } = held;
  const legs = lines.map((line) => {
    const place = { contract: line.contract, spot, market };
    const volatility = impliedOf(place, line.price);
    return { line, place, volatility, value: optionValue(place, volatility) };
  });
  const points = movesOf(rules.moves[underlying]).map((move) => {
    const moved = spot * (1 + move / 100);
    const results = legs.map(({ line, place, volatility, value }) => {
      const change = optionValue({ ...place, spot: moved }, volatility) - value;
      return multiplyMoney(toLedger(change * line.multiplier), line.count);
    });
    const ofShares = toLedger(shares * (moved - spot));
    return { move, spot: moved, result: addMoney(...results, ofShares) };
  });

  const worst = Math.min(...points.map(({ result }) => result)) as Money;
  const largestLoss = atLeastZero(lessMoney(zeroMoney, worst));
  const minimum = addMoney(...lines.map((line) => minimumOf(line, rules)));
  return {
    ...{ underlying, spot, shares, points, largestLoss, minimum },
    legs: legs.map(({ line, volatility }) => ({
      ...{ name: legName(line.contract), count: line.count, price: line.price, volatility },
    })),
    requirement: largest(largestLoss, minimum),
  };
}

function minimumOf({ count, multiplier }: Line, { minimumPerMultiplier }: PortfolioRules): Money {
  return multiplyMoney(toLedger(minimumPerMultiplier * multiplier), Math.abs(count));
}

function movesOf({ down, up }: MoveRange): readonly number[] {
  const steps = [1, 2, 3, 4, 5];
  return [...steps.toReversed().map((step) => (down * step) / 5), ...steps.map((step) => (up * step) / 5)];
}
