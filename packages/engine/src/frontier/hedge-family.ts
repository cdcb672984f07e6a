import type { StrategyConfig } from "@steward/strategy";
import { type Follower, followAccount } from "../equity-path.ts";
import type { Account } from "../kernel.ts";
import type { VariantOptions } from "../variant.ts";
import {
  assessRule,
  type HedgeKind,
  type HedgeRule,
  mayBuyOn,
  nothingOffered,
  rollingEarlier,
} from "./hedge-rule.ts";

/** One way to protect the condors at one budget. */
export interface ArmIdentity {
  /** `size` sells fewer condors and buys nothing. */
  readonly kind: HedgeKind | "size";
  /** The rules as they ran. */
  readonly config: StrategyConfig;
  /** Of equity a year. */
  readonly budgetShare: number;
}

/** An arm that is being followed. */
export interface Followed extends Follower {
  readonly arm: ArmIdentity;
}

/** Opens the account of an arm. */
export function followArm(
  arm: ArmIdentity,
  { startEquity, seed, assignment }: Pick<VariantOptions, "startEquity" | "seed" | "assignment">,
): Followed {
  return { ...followAccount({ config: arm.config, startEquity, seed, assignment }), arm };
}

/** One way to hedge at every budget, which all take their step on what it would buy. */
interface Team extends Pick<Account, "step"> {
  readonly members: readonly Followed[];
}

/** A way to hedge as it is, and with its rolls on other days and its orders a session late. */
export interface Family {
  readonly asIs: Team;
  readonly moved: readonly Team[];
}

/** What a family is opened with. */
export interface FamilyOptions extends Omit<VariantOptions, "from" | "to"> {
  /** Shares of equity a year. */
  readonly budgets: readonly number[];
  /** Phases of the roll that every hedge also runs in, each at once and a session late; 0 asks for none. */
  readonly jitter: number;
}

/** Opens the accounts of a way to hedge. */
export function openFamily(rule: HedgeRule, options: FamilyOptions): Family {
  const phases = Array.from({ length: options.jitter }, (_, weekdays) => rollingEarlier(rule, weekdays));
  return {
    asIs: openTeam(rule, { isLate: false }, options),
    moved: phases.flatMap((phase, weekdays) => [
      ...(weekdays === 0 ? [] : [openTeam(phase, { isLate: false }, options)]),
      openTeam(phase, { isLate: true }, options),
    ]),
  };
}

function openTeam(rule: HedgeRule, { isLate }: { readonly isLate: boolean }, options: FamilyOptions): Team {
  const members = options.budgets.map((budgetShare): Followed => {
    const config = { ...options.config, hedge: { ...rule.config, budgetShare } };
    return followArm({ kind: rule.kind, config, budgetShare }, options);
  });
  let before = nothingOffered(rule.config);
  return {
    members,
    step: (market, assessment) => {
      const { view } = assessment;
      const today = assessRule(rule, view);
      const known = isLate ? before : today;
      before = today;
      const hedge = mayBuyOn(rule, view.session.date) ? known : nothingOffered(rule.config);
      for (const member of members) member.step(market, { ...assessment, hedge });
    },
  };
}
