import type { Convention } from "./convention.ts";
import { downsideDeviation, omega, sortino } from "./downside.ts";
import { averageDrawdown, conditionalDrawdown, type Drawdown, drawdowns, ulcerIndex } from "./drawdown.ts";
import type { Estimate } from "./interval.ts";
import { shape, standardDeviation } from "./moments.ts";
import { growthOf, wealthOf } from "./path.ts";
import { sharpe } from "./sharpe.ts";
import { expectedShortfall, tailRatio, valueAtRisk } from "./tail.ts";

/**
 * What a path of session returns amounts to, with the convention it was counted by. A number is undefined where mathematics
 * has no answer: a ratio to losses where there were none.
 */
export interface Performance {
  readonly convention: Convention;
  readonly sessions: number;
  /** Wealth at the end over that before the first session, less one. */
  readonly totalReturn: number;
  /** Compound, per year. */
  readonly growth: number;
  /** Standard deviation per year. */
  readonly volatility: number | undefined;
  /** Per year. */
  readonly downsideDeviation: number | undefined;
  readonly skewness: number | undefined;
  readonly kurtosis: number | undefined;
  readonly sharpe: Estimate | undefined;
  readonly sortino: number | undefined;
  readonly omega: number | undefined;
  readonly tailRatio: number | undefined;
  /** Returns of a session: negative is a loss. */
  readonly valueAtRisk: number | undefined;
  readonly expectedShortfall: number | undefined;
  /** Positions count the wealth before the first session as 0 and the end of the first as 1. */
  readonly deepestDrawdown: Drawdown | undefined;
  readonly longestDrawdown: Drawdown | undefined;
  readonly averageDrawdown: number | undefined;
  readonly conditionalDrawdown: number | undefined;
  readonly ulcerIndex: number | undefined;
  /** Growth over the depth of the deepest drawdown (Young 1991, here over the whole path; also called MAR). */
  readonly calmar: number | undefined;
  /** Growth over the Ulcer index (Martin and McCann 1989), the Ulcer performance index. */
  readonly martin: number | undefined;
}

/** All statistics of a path of session returns by one convention; undefined for no returns. */
export function performance(returns: ArrayLike<number>, convention: Convention): Performance | undefined {
  if (returns.length === 0) return undefined;
  const { sessionsAYear, target, tailShare } = convention;
  const annual = (perSession: number | undefined): number | undefined =>
    perSession === undefined ? undefined : perSession * Math.sqrt(sessionsAYear);
  const moments = shape(returns);
  const wealth = wealthOf(returns);
  const falls = drawdowns(wealth);
  const growth = growthOf(returns, sessionsAYear);
  const ulcer = ulcerIndex(wealth);

  return {
    convention,
    sessions: returns.length,
    totalReturn: (wealth[returns.length] ?? 1) - 1,
    growth,
    volatility: annual(standardDeviation(returns)),
    downsideDeviation: annual(downsideDeviation(returns, target)),
    skewness: moments?.skewness,
    kurtosis: moments?.kurtosis,
    sharpe: sharpe(returns, sessionsAYear),
    sortino: sortino(returns, convention),
    omega: omega(returns, target),
    tailRatio: tailRatio(returns, tailShare),
    valueAtRisk: valueAtRisk(returns, tailShare),
    expectedShortfall: expectedShortfall(returns, tailShare),
    deepestDrawdown: falls[0],
    longestDrawdown: longest(falls),
    averageDrawdown: averageDrawdown(wealth),
    conditionalDrawdown: conditionalDrawdown(wealth, tailShare),
    ulcerIndex: ulcer,
    calmar: over(growth, falls[0]?.depth),
    martin: over(growth, ulcer),
  };
}

/** The first of equals in the order given. */
function longest(falls: readonly Drawdown[]): Drawdown | undefined {
  return falls.reduce<Drawdown | undefined>(
    (best, fall) => (best === undefined || fall.sessions > best.sessions ? fall : best),
    undefined,
  );
}

/** Growth by the size of a risk, which may be signed; undefined without risk. */
function over(growth: number, risk: number | undefined): number | undefined {
  return risk === undefined || risk === 0 ? undefined : growth / Math.abs(risk);
}
