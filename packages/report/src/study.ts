import { returnsOf } from "@steward/analytics";
import { type Arm, type Backtest, SMALLER_SHARE } from "@steward/engine";
import {
  type CalendarDate,
  everyWeekdaySince,
  isListedExpiration,
  type SeriesProvenance,
  toModel,
} from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";

/** What a report is made from. */
export interface ReportInput {
  /** Name of the preset or of the configuration file. */
  readonly name: string;
  readonly backtest: Backtest;
  readonly config: StrategyConfig;
  readonly provenance: {
    readonly engineVersion: string;
    readonly configHash: string;
    readonly dataFingerprint: string;
    readonly seed: number;
    readonly series: readonly SeriesProvenance[];
  };
  /** The command that writes the same bytes again. */
  readonly command: string;
}

/** One arm as the report draws it. The judged arm is ink, the others grey. */
export interface NamedArm {
  readonly name: string;
  readonly role: "judged" | "control" | "smaller";
  readonly arm: Arm;
  /** Account at each session's mark, in dollars. */
  readonly equity: Float64Array;
  /** One fewer than the sessions: the first has nothing to be compared with. */
  readonly returns: Float64Array;
}

/** The input with what several sections need of it, computed once. */
export interface Study {
  readonly input: ReportInput;
  readonly hasHedge: boolean;
  readonly hasCondors: boolean;
  readonly sessions: readonly CalendarDate[];
  readonly judged: NamedArm;
  /** The same condors without the hedge: where there is a hedge and something to hedge. */
  readonly unhedged: NamedArm | undefined;
  readonly smaller: NamedArm | undefined;
  /** All of them, judged first. */
  readonly arms: readonly NamedArm[];
  readonly areOptionsModelled: boolean;
  readonly listing: Listing;
}

/** Condors sold for expirations that were never listed. */
export interface Listing {
  readonly isHypothetical: boolean;
  readonly unlisted: number;
  readonly sold: number;
}

/** Reads off a result what every section asks of it. */
export function describeStudy(input: ReportInput): Study {
  const { backtest, config } = input;
  const hasHedge = config.hedge !== undefined;
  const hasCondors = config.condor.tiers.length > 0;
  const { hedged, unhedged, smaller } = backtest.arms;
  const share = `${Math.round(SMALLER_SHARE * 100)} % size`;

  const judged = hasHedge
    ? namedArm(hasCondors ? "hedged" : "hedge-only", "judged", hedged)
    : namedArm("unhedged", "judged", unhedged);
  const control = hasHedge && hasCondors ? namedArm("unhedged", "control", unhedged) : undefined;
  const small = hasCondors ? namedArm(share, "smaller", smaller) : undefined;
  return {
    input,
    hasHedge,
    hasCondors,
    sessions: judged.arm.run.rows.map(({ session }) => session),
    judged,
    unhedged: control,
    smaller: small,
    arms: [judged, control, small].filter((arm) => arm !== undefined),
    areOptionsModelled: areOptionsModelled(input.provenance.series),
    listing: describeListing(input),
  };
}

/** An arm as the report draws it. */
export function namedArm(name: string, role: NamedArm["role"], arm: Arm): NamedArm {
  const equity = Float64Array.from(arm.run.rows, (row) => toModel(row.equity));
  return { name, role, arm, equity, returns: returnsOf(equity) };
}

/** Options count as modelled unless every series of options that is named was observed. */
function areOptionsModelled(series: readonly SeriesProvenance[]): boolean {
  const options = series.filter(({ series: name }) => name.includes("option"));
  return options.length === 0 || options.some(({ source }) => source === "modelled");
}

function describeListing({ backtest, config: { condor } }: ReportInput): Listing {
  const since = everyWeekdaySince(condor.root);
  const isBefore = since === undefined || backtest.from < since;
  const isHypothetical = condor.listings === "hypothetical" && isBefore && condor.tiers.length > 0;
  let unlisted = 0;
  let sold = 0;
  for (const { purpose, structure } of backtest.arms.unhedged.run.roundTrips) {
    const contract = structure.legs[0]?.contract;
    if (purpose.kind !== "condor" || contract === undefined) continue;
    sold += 1;
    if (!isListedExpiration(contract.root, contract.expiration)) unlisted += 1;
  }
  return { isHypothetical, unlisted, sold };
}
