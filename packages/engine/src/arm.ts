import {
  annualGrowth,
  type BootstrapOptions,
  bootstrapMean,
  bootstrapPaths,
  deepestDrawdown,
  type Estimate,
  expectedShortfall,
  returnsOf,
  SESSIONS_A_YEAR,
  seededRandom,
  sharpe,
  standardDeviation,
  type TradeStatistics,
  tradeStatistics,
} from "@steward/analytics";
import { type CalendarDate, daysBetween, toModel } from "@steward/model";
import { condorWidth, OPTION_MULTIPLIER } from "@steward/strategy";
import type { Run, SessionRow } from "./kernel.ts";
import { purposeName, type RoundTrip } from "./ledger.ts";

/** A result of one session: the change of equity, as a share of the equity before. */
export interface SessionResult {
  readonly session: CalendarDate;
  readonly return: number;
}

/** One tier's condors, in index points per condor after fees. */
export interface TierStatistics {
  readonly tier: string;
  readonly trades: TradeStatistics;
  /** Mean result with the error of a block bootstrap: neighbors in time share their volatility. */
  readonly mean: Estimate | undefined;
  /** Mean net credit at the fill and mean fees, per condor in points. */
  readonly averageCredit: number;
  readonly averageFees: number;
  /** Share of trades that lost the whole wing. */
  readonly fullLosses: number;
}

/** What one run earned, and how surely. Shares are of equity; growth and deviation are per year. */
export interface ArmStatistics {
  /** Dollars before the first session's orders, so that their cost counts. */
  readonly startEquity: number;
  readonly endEquity: number;
  readonly growth: Estimate | undefined;
  readonly volatility: number | undefined;
  /** Over a rate of zero: cash earns nothing in these runs. */
  readonly sharpe: Estimate | undefined;
  readonly drawdown:
    | {
        readonly depth: Estimate;
        readonly peak: CalendarDate;
        readonly trough: CalendarDate;
        readonly recovered: CalendarDate | undefined;
      }
    | undefined;
  /** Mean of the worst one in twenty sessions. */
  readonly expectedShortfall: number | undefined;
  readonly worst: SessionResult | undefined;
  readonly best: SessionResult | undefined;
  /** Dollars: what the condors and the hedge brought after fees, which sum to the change of equity, and the fees. */
  readonly condorResult: number;
  readonly hedgeResult: number;
  readonly fees: number;
  readonly rejected: number;
}

export interface Arm {
  readonly statistics: ArmStatistics;
  readonly tiers: readonly TierStatistics[];
  readonly run: Run;
}

export interface ArmOptions {
  readonly seed: number;
  readonly resamples: number;
}

/** A month of sessions: volatility remembers about that long. */
export const MEAN_BLOCK = 21;

/** Measures one run. The seed feeds the bootstrap and nothing else. */
export function measureArm(run: Run, tiers: readonly string[], options: ArmOptions): Arm {
  return {
    statistics: measureRun(run, options),
    tiers: tiers.flatMap((tier) => measureTier(run.roundTrips, tier, options)),
    run,
  };
}

function measureRun(run: Run, options: ArmOptions): ArmStatistics {
  const { rows, journal, ledger } = run;
  const equity = Float64Array.from(rows, (row) => toModel(row.equity));
  const returns = returnsOfRun(run);
  const last = rows.at(-1);
  const startEquity = toModel(ledger.start);
  const endEquity = equity.at(-1) ?? startEquity;
  const days = spanOf(rows);
  const paths = bootstrapPaths(returns, bootstrapOf(run, options));
  const growth = annualGrowth(startEquity, endEquity, days);
  const deviation = standardDeviation(returns);
  const hedgeResult = last === undefined ? 0 : toModel(last.hedgeCash) + toModel(last.marks.hedge);

  return {
    startEquity,
    endEquity,
    growth: paths && growth !== undefined ? { ...paths.growth, value: growth } : undefined,
    volatility: deviation === undefined ? undefined : deviation * Math.sqrt(SESSIONS_A_YEAR),
    sharpe: sharpe(returns),
    drawdown: paths && measureDrawdown(rows, equity, paths.drawdown),
    expectedShortfall: expectedShortfall(returns, 0.05),
    worst: extreme(rows, returns, (candidate, found) => candidate < found),
    best: extreme(rows, returns, (candidate, found) => candidate > found),
    condorResult: endEquity - startEquity - hedgeResult,
    hedgeResult,
    fees: last === undefined ? 0 : toModel(last.fees),
    rejected: journal.filter(({ kind }) => kind === "reject").length,
  };
}

/** Returns of a run's sessions, each over the equity of the session before. */
export function returnsOfRun({ rows }: Run): Float64Array {
  return returnsOf(Float64Array.from(rows, (row) => toModel(row.equity)));
}

/** How a run's sessions are reshuffled: the same seed gives every arm the same blocks. */
export function bootstrapOf({ rows }: Run, options: ArmOptions): BootstrapOptions {
  return bootstrapOver({ sessions: rows.length, days: spanOf(rows) }, options);
}

/** The same of so many sessions over so many calendar days. */
export function bootstrapOver(
  { sessions, days }: { readonly sessions: number; readonly days: number },
  { seed, resamples }: ArmOptions,
): BootstrapOptions {
  const sessionsAYear = days === 0 ? SESSIONS_A_YEAR : ((sessions - 1) * 365.25) / days;
  return { random: seededRandom(seed), resamples, meanBlock: MEAN_BLOCK, sessionsAYear };
}

/** Growth a year of a run's equity. */
export function growthOfRun({ rows, ledger }: Run): number | undefined {
  const last = rows.at(-1);
  return last && annualGrowth(toModel(ledger.start), toModel(last.equity), spanOf(rows));
}

function spanOf(rows: readonly SessionRow[]): number {
  const first = rows[0];
  const last = rows.at(-1);
  return first && last ? daysBetween(first.session, last.session) : 0;
}

function measureDrawdown(
  rows: readonly SessionRow[],
  equity: Float64Array,
  depth: Estimate,
): ArmStatistics["drawdown"] {
  const deepest = deepestDrawdown(equity);
  const peak = deepest && rows[deepest.peak]?.session;
  const trough = deepest && rows[deepest.trough]?.session;
  if (deepest === undefined || peak === undefined || trough === undefined) return undefined;
  const recovered = deepest.recovered === undefined ? undefined : rows[deepest.recovered]?.session;
  return { depth, peak, trough, recovered };
}

function extreme(
  rows: readonly SessionRow[],
  returns: Float64Array,
  isBeyond: (candidate: number, found: number) => boolean,
): SessionResult | undefined {
  let found: SessionResult | undefined;
  for (const [index, value] of returns.entries()) {
    const session = rows[index + 1]?.session;
    if (session !== undefined && (found === undefined || isBeyond(value, found.return)))
      found = { session, return: value };
  }
  return found;
}

function measureTier(
  roundTrips: readonly RoundTrip[],
  tier: string,
  { seed, resamples }: ArmOptions,
): readonly TierStatistics[] {
  const own = tripsOfTier(roundTrips, tier);
  const results = tierResults(roundTrips, tier);
  const trades = tradeStatistics(results);
  if (trades === undefined) return [];

  const mean = bootstrapMean(Float64Array.from(results), {
    random: seededRandom(seed),
    resamples,
    meanBlock: MEAN_BLOCK,
  });
  const average = (value: (trip: RoundTrip) => number): number =>
    own.reduce((total, trip) => total + value(trip), 0) / own.length;
  return [
    {
      tier,
      trades,
      mean,
      averageCredit: average((trip) => perUnit(trip.premium, trip)),
      averageFees: average((trip) => perUnit(trip.fees, trip)),
      fullLosses: average((trip) => (isFullLoss(trip) ? 1 : 0)),
    },
  ];
}

/** Results of a tier's condors in points per condor, after fees, in order of their ends. */
export function tierResults(roundTrips: readonly RoundTrip[], tier: string): readonly number[] {
  return tripsOfTier(roundTrips, tier).map((trip) => perUnit(trip.result, trip));
}

function tripsOfTier(roundTrips: readonly RoundTrip[], tier: string): readonly RoundTrip[] {
  return roundTrips.filter(({ purpose }) => purposeName(purpose) === `condor:${tier}`);
}

function perUnit(amount: RoundTrip["result"], { quantity }: RoundTrip): number {
  return toModel(amount) / quantity / OPTION_MULTIPLIER;
}

function isFullLoss({ exit, quantity, structure }: RoundTrip): boolean {
  return -toModel(exit) / quantity / OPTION_MULTIPLIER >= condorWidth(structure) - 1e-9;
}
