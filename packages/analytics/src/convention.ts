/** Sessions in a year: the basis on which session statistics are annualized here. */
export const SESSIONS_A_YEAR = 252;

/**
 * What a statistic of session returns leaves open, so that a number can be shown with the choice behind it. Numbers may be
 * chosen; words name what this package always does, where libraries differ.
 */
export interface Convention {
  /** A mean per session times this is yearly, a deviation times its root; growth has this many sessions a year. */
  readonly sessionsAYear: number;
  /** Return of a session below which it counts as a loss in downside deviation, Sortino and Omega. */
  readonly target: number;
  /** Share of sessions at the end of a distribution: value at risk, shortfall, conditional drawdown, tail ratio. */
  readonly tailShare: number;
  /** Returns are not reduced by a rate: cash earns nothing. */
  readonly riskFree: "zero";
  /** Sums of squares around the mean are divided by n − 1. */
  readonly deviation: "sample";
  /** Squared shortfalls below the target are divided by all sessions, not only by those below. */
  readonly downside: "all-sessions";
  /** The normal distribution has 3. */
  readonly kurtosis: "raw";
  /** Quantiles lie linearly between order statistics (Hyndman and Fan 1996, type 7). */
  readonly quantile: "type-7";
  /** Drawdowns and the Ulcer index are shares of the highest equity so far, at the ends of sessions; squares over n. */
  readonly drawdown: "end-of-session";
}

/** The convention used unless another is named. */
export const CONVENTION: Convention = {
  sessionsAYear: SESSIONS_A_YEAR,
  target: 0,
  tailShare: 0.05,
  riskFree: "zero",
  deviation: "sample",
  downside: "all-sessions",
  kurtosis: "raw",
  quantile: "type-7",
  drawdown: "end-of-session",
};
