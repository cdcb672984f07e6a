import {
  type CalendarDate,
  isListedExpiration,
  plannedSessionAfter,
  type Slice,
  weekday,
} from "@steward/model";
import { type CondorProposal, type CondorRefusal, selectCondor } from "./condor.ts";
import type { StrategyConfig, TierConfig } from "./config.ts";
import { expectedRange } from "./expected-range.ts";
import { decideHedge, type HedgeDecision, type HeldLayer } from "./hedge.ts";
import type { Intent } from "./intent.ts";
import { tierSize } from "./size.ts";
import type { Gate } from "./verdict.ts";
import type { MarketView } from "./view.ts";
import { initialVixGate, type VixGateState, vixGate } from "./vix-gate.ts";

/** What the rules remember from session to session. */
export interface StrategyState {
  readonly vixGate: VixGateState;
}

export const initialStrategyState: StrategyState = { vixGate: initialVixGate };

/** What the rules may know of the account: never its broker, its clock or its history. */
export interface AccountView {
  /** Dollars, marked at this session's decision. */
  readonly equity: number;
  readonly hedge: readonly HeldLayer[];
}

export type NoTradeReason =
  | "warming-up"
  | "vix-gate"
  | "not-listed"
  | "account-too-small"
  | CondorRefusal["reason"];

/** One tier today. */
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

/** Everything that the rules say in one session. */
export interface Decision {
  readonly session: CalendarDate;
  /** The expiration that the condors would be sold for. */
  readonly expiration: CalendarDate;
  /** The day's expected range as a share of the index, undefined while warming up. */
  readonly expectedRange: number | undefined;
  readonly gates: readonly Gate[];
  readonly tiers: readonly TierDecision[];
  readonly hedge: HedgeDecision | undefined;
  readonly intents: readonly Intent[];
}

/** The rules of one session: a view and an account in, intents with reasons out. Same input, same output, in any run. */
export function decide(
  view: MarketView,
  account: AccountView,
  config: StrategyConfig,
  state: StrategyState,
): { readonly decision: Decision; readonly state: StrategyState } {
  const { tiers } = config.condor;
  const gate = vixGate(tiers, config.vixGate, state.vixGate, view.volatility?.vix.value);
  const session = view.session.date;
  const expiration = plannedSessionAfter(session, config.condor.sessionsToExpiration);
  const range = view.volatility && expectedRange(config.condor.expectedRange, view.volatility);
  const slice = view.slice(config.condor.root, expiration);

  const decisions = tiers.map((tier, index) =>
    decideTier(tier, {
      on: session,
      gate: gate.gates[index],
      expiration,
      slice,
      range,
      equity: account.equity,
      config,
    }),
  );
  const hedge =
    config.hedge && decideHedge(view, config.hedge, { equity: account.equity, held: account.hedge });
  const intents = [...decisions.flatMap(condorIntent), ...(hedge?.intents ?? [])];
  return {
    decision: {
      session,
      expiration,
      expectedRange: range,
      gates: gate.gates,
      tiers: decisions,
      hedge,
      intents,
    },
    state: { vixGate: gate.state },
  };
}

function decideTier(
  tier: TierConfig,
  {
    gate,
    on,
    expiration,
    slice,
    range,
    equity,
    config,
  }: {
    readonly on: CalendarDate;
    readonly gate: Gate | undefined;
    readonly expiration: CalendarDate;
    readonly slice: Slice | undefined;
    readonly range: number | undefined;
    readonly equity: number;
    readonly config: StrategyConfig;
  },
): TierDecision {
  const none = (reason: NoTradeReason, because: readonly string[]): TierDecision => ({
    tier: tier.name,
    action: "none",
    reason,
    because,
  });
  if (gate === undefined || gate.verdict === "abstain")
    return none("warming-up", gate === undefined ? [] : [gate.because]);
  if (gate.verdict === "block") return none("vix-gate", [gate.because]);

  const { condor } = config;
  if (condor.listings === "historical" && !isListedExpiration(condor.root, expiration)) {
    return none("not-listed", [
      `no ${condor.root} option was listed for ${weekday(expiration)} ${expiration}`,
    ]);
  }
  if (slice === undefined || range === undefined)
    return none("not-quoted", [`no ${condor.root} quotes for ${expiration}`]);

  const selected = selectCondor(slice, tier, condor, { expectedRange: range, fills: config.fills, on });
  if (selected.kind === "refusal") return none(selected.reason, selected.because);

  const { width, credit, shortPut, shortCall } = selected;
  const size = tierSize(config.size, { equity, tiers: condor.tiers.length, width, credit });
  const sized = `${size.contracts} contracts: $${size.riskBudget.toFixed(0)} of risk, at most $${size.maxLossEach.toFixed(0)} each`;
  if (size.contracts === 0) return none("account-too-small", [...selected.because, sized]);

  return {
    tier: tier.name,
    action: "sell",
    proposal: selected,
    contracts: size.contracts,
    maxLoss: size.contracts * size.maxLossEach,
    breakEven: { low: shortPut - credit, high: shortCall + credit },
    because: [gate.because, ...selected.because, sized],
  };
}

function condorIntent(tier: TierDecision): readonly Intent[] {
  if (tier.action === "none") return [];
  const purpose = { kind: "condor", tier: tier.tier } as const;
  return [
    {
      effect: "open",
      purpose,
      structure: tier.proposal.structure,
      quantity: tier.contracts,
      because: tier.because.join("; "),
    },
  ];
}
