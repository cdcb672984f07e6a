import {
  type CalendarDate,
  isListedExpiration,
  plannedSessionAfter,
  type Slice,
  weekday,
} from "@steward/model";
import { type CondorProposal, type CondorRefusal, creditAtMultiple, selectCondor } from "./condor.ts";
import type { StrategyConfig, TierConfig } from "./config.ts";
import { assessEvents, type EventAssessment } from "./event-policy.ts";
import { expectedRange } from "./expected-range.ts";
import { assessHedge, type HedgeAssessment } from "./hedge-assessment.ts";
import { initialPremiumGauge, type PremiumGaugeState, premiumGauge } from "./premium-gauge.ts";
import {
  assessSecondEngine,
  rememberTiming,
  type SecondEngineAssessment,
} from "./second-engine/assess-second-engine.ts";
import { initialTiming, type TimingState } from "./second-engine/timing.ts";
import type { Gate } from "./verdict.ts";
import type { MarketView } from "./view.ts";
import { initialVixGate, type VixGateState, vixGate } from "./vix-gate.ts";

/** What the rules remember from session to session: of the market alone, never of an account. */
export interface StrategyState {
  readonly vixGate: VixGateState;
  readonly premium: PremiumGaugeState;
  readonly timing: TimingState;
}

export const initialStrategyState: StrategyState = {
  vixGate: initialVixGate,
  premium: initialPremiumGauge,
  timing: initialTiming,
};

export type NoCondorReason =
  | "warming-up"
  | "vix-gate"
  | "premium-gauge"
  | "event"
  | "not-listed"
  | CondorRefusal["reason"];

/** A tier that may not sell today, whatever the account. */
export interface NoCondor {
  readonly kind: "none";
  readonly reason: NoCondorReason;
  readonly because: readonly string[];
}

export interface TierAssessment {
  readonly tier: string;
  readonly gate: Gate;
  readonly condor: CondorProposal | NoCondor;
}

/**
 * What a session offers: gates, one condor per tier or the reason for none, the hedge's calls and their cost. It depends on
 * the market and the rules alone, so accounts of any size share it.
 */
export interface Assessment {
  readonly view: MarketView;
  /** The expiration that the condors would be sold for. */
  readonly expiration: CalendarDate;
  /** The range expected until the expiration as a share of the index, undefined while warming up. */
  readonly expectedRange: number | undefined;
  /** Premium against its usual level; undefined where no gauge is configured. */
  readonly premium: Gate | undefined;
  readonly tiers: readonly TierAssessment[];
  /** What events before the expiration do to the condors' size. */
  readonly events: EventAssessment;
  readonly hedge: HedgeAssessment | undefined;
  readonly secondEngine: SecondEngineAssessment | undefined;
}

/** What the rules remember of a session in which nobody asks for an assessment. */
export function remember(view: MarketView, config: StrategyConfig, state: StrategyState): StrategyState {
  const { tiers } = config.condor;
  const { secondEngine: sleeve } = config;
  return {
    vixGate: vixGate(tiers, config.vixGate, state.vixGate, view.volatility?.vix.value).state,
    premium: gaugePremium(view, config, state.premium).state,
    timing: sleeve === undefined ? state.timing : rememberTiming(view, sleeve, state.timing),
  };
}

/** Applies the rules to one session's view. Same view, rules and state, same assessment. */
export function assess(
  view: MarketView,
  config: StrategyConfig,
  state: StrategyState,
): { readonly assessment: Assessment; readonly state: StrategyState } {
  const { condor } = config;
  const gate = vixGate(condor.tiers, config.vixGate, state.vixGate, view.volatility?.vix.value);
  const session = view.session.date;
  const { expiration, range } = horizonOf(view, config);
  const premium = gaugePremium(view, config, state.premium);

  // Quotes are asked for only where a tier may use them: half of all sessions are gated.
  const events = assessEvents(view, expiration, config.events);
  const isOpen =
    events.factor > 0 && isPassed(premium.gate) && gate.gates.some(({ verdict }) => verdict === "pass");
  const offer = {
    session,
    expiration,
    events,
    premium: premium.gate,
    range,
    slice: isOpen ? view.slice(condor.root, expiration) : undefined,
  };
  const tiers = condor.tiers.flatMap((tier, index): readonly TierAssessment[] => {
    const own = gate.gates[index];
    return own === undefined
      ? []
      : [{ tier: tier.name, gate: own, condor: assessTier(tier, own, offer, config) }];
  });
  const hedge = config.hedge && assessHedge(view, config.hedge);
  const second = config.secondEngine && assessSecondEngine(view, config, config.secondEngine, state.timing);
  return {
    assessment: {
      view,
      expiration,
      expectedRange: range,
      premium: premium.gate,
      tiers,
      events,
      hedge,
      secondEngine: second?.assessment,
    },
    state: { vixGate: gate.state, premium: premium.state, timing: second?.state ?? state.timing },
  };
}

function isPassed(gate: Gate | undefined): boolean {
  return gate === undefined || gate.verdict === "pass";
}

/** The expiration that condors are sold for, and the range expected until then. */
function horizonOf(view: MarketView, { condor }: StrategyConfig) {
  const { expectedRange: formula, sessionsToExpiration } = condor;
  return {
    expiration: plannedSessionAfter(view.session.date, sessionsToExpiration),
    range: view.volatility && expectedRange(formula, view.volatility, sessionsToExpiration),
  };
}

/** Reads the gauge of every session, gated or not: what is usual does not depend on what was sold. */
function gaugePremium(
  view: MarketView,
  config: StrategyConfig,
  state: PremiumGaugeState,
): { readonly state: PremiumGaugeState; readonly gate: Gate | undefined } {
  const { condor, premiumGauge: gauge, fills } = config;
  if (gauge === undefined) return { state, gate: undefined };
  const { expiration, range } = horizonOf(view, config);
  const slice = range === undefined ? undefined : view.slice(condor.root, expiration);
  const credit =
    slice === undefined || range === undefined
      ? undefined
      : creditAtMultiple(slice, gauge.multiple, condor, {
          expectedRange: range,
          fills,
          on: view.session.date,
        });
  return premiumGauge(gauge, state, credit === undefined ? undefined : credit / condor.width);
}

interface Offer {
  readonly session: CalendarDate;
  readonly expiration: CalendarDate;
  readonly events: EventAssessment;
  readonly premium: Gate | undefined;
  readonly range: number | undefined;
  readonly slice: Slice | undefined;
}

function assessTier(
  tier: TierConfig,
  gate: Gate,
  { session, expiration, events, premium, range, slice }: Offer,
  { condor, fills }: StrategyConfig,
): CondorProposal | NoCondor {
  const none = (reason: NoCondorReason, because: readonly string[]): NoCondor => ({
    kind: "none",
    reason,
    because,
  });
  if (gate.verdict === "abstain") return none("warming-up", [gate.because]);
  if (gate.verdict === "block") return none("vix-gate", [gate.because]);
  if (premium?.verdict === "abstain") return none("warming-up", [premium.because]);
  if (premium?.verdict === "block") return none("premium-gauge", [premium.because]);
  if (events.factor === 0) return none("event", events.because);
  if (condor.listings === "historical" && !isListedExpiration(condor.root, expiration)) {
    return none("not-listed", [
      `no ${condor.root} option was listed for ${weekday(expiration)} ${expiration}`,
    ]);
  }
  if (slice === undefined || range === undefined)
    return none("not-quoted", [`no ${condor.root} quotes for ${expiration}`]);

  const selected = selectCondor(slice, tier, condor, { expectedRange: range, fills, on: session });
  return selected.kind === "proposal" ? selected : none(selected.reason, selected.because);
}
