import { annualGrowth, correlation, mean, returnsOf, standardDeviation } from "@steward/analytics";
import { daysBetween, toModel } from "@steward/model";
import type { MarketView } from "@steward/strategy";
import { returnsOfRun } from "./arm.ts";
import type { InterestEvent } from "./events.ts";
import type { Run } from "./kernel.ts";

/** What a loan cost and what it must be compared with. Rates are continuously compounded decimals a year. */
export interface FinancingResult {
  /** Dollars borrowed, and what they have cost so far. */
  readonly borrowed: number;
  readonly interest: number;
  /** Means over the days charged: of the boxes, of bills, and of a broker's margin loan. */
  readonly boxRate: number;
  readonly billRate: number;
  readonly marginRate: number;
  /** Of the sleeve's returns against the index. */
  readonly beta: number | undefined;
  /** What capital at that risk asks a year: bills, and beta times what holders of shares ask beyond them. */
  readonly hurdle: number | undefined;
  /**
   * What the whole of it asks, by its parts: (1 − d) × own + d × box rate, where d is what was borrowed of the start and the own part, which
   * carries all of the risk, asks bills and beta / (1 − d) times the premium. Nothing is taken off for taxes.
   */
  readonly wacc: number | undefined;
  /** Growth a year of what the sleeve has beyond its loan; undefined where nothing of it is left. */
  readonly ownGrowth: number | undefined;
}

/** A large broker's usual distance of margin loans from bills. */
const MARGIN_SPREAD = 0.015;

/** Measures the loan of a run; undefined where none was charged. */
export function measureFinancing(
  run: Run,
  viewOf: (session: Run["rows"][number]["session"]) => MarketView,
  equityPremium: number,
): FinancingResult | undefined {
  const charges = run.journal.filter((event): event is InterestEvent => event.kind === "interest");
  const [charge] = charges;
  const days = charges.reduce((total, each) => total + each.days, 0);
  if (charge === undefined || days === 0) return undefined;
  const average = (rateOf: (each: InterestEvent) => number): number =>
    charges.reduce((total, each) => total + rateOf(each) * each.days, 0) / days;
  const billRate = average(({ bills }) => bills);
  const borrowed = toModel(charge.borrowed);
  const index = Float64Array.from(run.rows, ({ session }) => viewOf(session).spot);
  const boxRate = average(({ rate }) => rate);
  const borrowedShare = borrowed / toModel(run.ledger.start);
  const beta = betaOf(returnsOfRun(run), returnsOf(index));
  return {
    borrowed,
    interest: charges.reduce((total, { cash }) => total - toModel(cash), 0),
    boxRate,
    billRate,
    marginRate: billRate + MARGIN_SPREAD,
    beta,
    hurdle: beta === undefined ? undefined : billRate + beta * equityPremium,
    wacc:
      beta === undefined
        ? undefined
        : (1 - borrowedShare) * billRate + beta * equityPremium + borrowedShare * boxRate,
    ownGrowth: ownGrowthOf(run, borrowed),
  };
}

function betaOf(returns: Float64Array, index: Float64Array): number | undefined {
  const [bound, own, other] = [
    correlation(returns, index),
    standardDeviation(returns),
    standardDeviation(index),
  ];
  if (mean(returns) === undefined || own === undefined || other === undefined || other === 0)
    return undefined;
  return own === 0 ? 0 : bound === undefined ? undefined : (bound * own) / other;
}

function ownGrowthOf({ rows, ledger }: Run, borrowed: number): number | undefined {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [toModel(ledger.start) - borrowed, toModel(last.equity) - borrowed];
  return start > 0 && end > 0
    ? annualGrowth(start, end, daysBetween(first.session, last.session))
    : undefined;
}
