import type { CalendarDate } from "@steward/model";
import type { Assessment, NoCondorReason, TierAssessment } from "./assess.ts";
import type { CondorProposal } from "./condor.ts";
import type { StrategyConfig } from "./config.ts";
import { decideHedge, type HedgeDecision } from "./hedge.ts";
import { type HeldPosition, heldLayers } from "./held.ts";
import type { Intent } from "./intent.ts";
import { type ManagedPosition, manageCondors } from "./manage.ts";
import type { SecondEngineDecision } from "./second-engine/second-engine-decision.ts";
import { tierSize } from "./size.ts";
import type { SizeFactor } from "./size-factor.ts";
import { sizeFactors } from "./size-factors.ts";

/** What the rules may know of the account: never its broker, its clock or its history. */
export interface AccountView {
  /** Dollars, marked at this session's decision. */
  readonly equity: number;
  /** Dollars that open condors, and all that a sleeve holds, can still lose at settlement, beyond the credit that they brought. */
  readonly condorRisk: number;
  /** Dollars, the most that equity has been at a decision. */
  readonly peakEquity: number;
  /** What is open, but for what a delivery has broken. */
  readonly positions: readonly HeldPosition[];
}

export type NoTradeReason = NoCondorReason | "account-too-small";

/** One tier today, for this account. */
export type TierDecision =
  | {
      readonly tier: string;
      readonly action: "sell";
      readonly proposal: CondorProposal;
      readonly contracts: number;
      /** Dollars that the whole position can lose at settlement, before fees. */
      readonly maxLoss: number;
      /** Index levels at settlement between which the position earns, before fees. */
      readonly breakEven: { readonly low: number; readonly high: number };
      readonly because: readonly string[];
    }
  | {
      readonly tier: string;
      readonly action: "none";
      readonly reason: NoTradeReason;
      readonly because: readonly string[];
    };

/** Everything that the rules want in one session. */
export interface Decision {
  readonly session: CalendarDate;
  readonly tiers: readonly TierDecision[];
  /** What scales the size of every tier. */
  readonly sizing: readonly SizeFactor[];
  /** Open condors, each with what is done about it; none where they are held to settlement. */
  readonly management: readonly ManagedPosition[];
  readonly hedge: HedgeDecision | undefined;
  /** Of the sleeve's account alone. */
  readonly secondEngine?: SecondEngineDecision;
  readonly intents: readonly Intent[];
}

/** Sizes an assessment for an account. Without a hedge in `config` the assessment's is left alone. */
export function decide(
  { view, tiers, events, hedge }: Assessment,
  account: AccountView,
  config: StrategyConfig,
): Decision {
  const decisions: TierDecision[] = [];
  const management = manageCondors(view, account.positions, config);
  const sizing = sizeFactors(view, events, account, config.size);
  let riskTaken = account.condorRisk;
  for (const tier of tiers) {
    const decided = decideTier(tier, { equity: account.equity, riskTaken, sizing }, config);
    if (decided.action === "sell") riskTaken += decided.maxLoss;
    decisions.push(decided);
  }
  const hedgeDecision =
    hedge &&
    config.hedge &&
    decideHedge(view, config.hedge, hedge, { equity: account.equity, held: heldLayers(account.positions) });
  return {
    session: view.session.date,
    tiers: decisions,
    sizing,
    management,
    hedge: hedgeDecision,
    intents: [
      ...management.flatMap(({ intents }) => intents),
      ...decisions.flatMap(condorIntent),
      ...(hedgeDecision?.intents ?? []),
    ],
  };
}

/** What a tier's size depends on besides the market. */
interface Standing {
  readonly equity: number;
  readonly riskTaken: number;
  readonly sizing: readonly SizeFactor[];
}

function decideTier(
  { tier, gate, condor }: TierAssessment,
  { equity, riskTaken, sizing }: Standing,
  config: StrategyConfig,
): TierDecision {
  if (condor.kind === "none") return { tier, action: "none", reason: condor.reason, because: condor.because };

  const { width, credit, shortPut, shortCall } = condor;
  const factor = sizing.reduce((product, each) => product * each.factor, 1);
  const tiers = config.condor.tiers.length;
  const size = tierSize(config.size, { equity, riskTaken, tiers, width, credit, factor });
  const sized = `${size.contracts} contracts: $${size.riskBudget.toFixed(0)} of risk, at most $${size.maxLossEach.toFixed(0)} each`;
  const because = [gate.because, ...condor.because, ...sizing.map(({ because }) => because), sized];
  if (size.contracts === 0) return { tier, action: "none", reason: "account-too-small", because };

  return {
    tier,
    action: "sell",
    proposal: condor,
    contracts: size.contracts,
    maxLoss: size.contracts * size.maxLossEach,
    breakEven: { low: shortPut - credit, high: shortCall + credit },
    because,
  };
}

function condorIntent(decision: TierDecision): readonly Intent[] {
  if (decision.action === "none") return [];
  return [
    {
      effect: "open",
      purpose: { kind: "condor", tier: decision.tier },
      structure: decision.proposal.structure,
      quantity: decision.contracts,
      because: decision.because.join("; "),
    },
  ];
}
