import { bootstrapPair, type PairedEstimates } from "@steward/analytics";
import { type CalendarDate, daysBetween } from "@steward/model";
import type { HedgeConfig, StrategyConfig } from "@steward/strategy";
import { bootstrapOver } from "../arm.ts";
import type { EquityPath } from "../equity-path.ts";
import { type Account, runSessions, type SessionRange } from "../kernel.ts";
import type { Market } from "../ports.ts";
import { measureProtection, type Protection } from "../protection.ts";
import { measurePath, type VariantResult } from "../variant.ts";
import {
  type ArmIdentity,
  type Family,
  type FamilyOptions,
  type Followed,
  followArm,
  openFamily,
} from "./hedge-family.ts";
import { hedgeRules } from "./hedge-rule.ts";
import { type Jitter, jitterOf } from "./jitter.ts";

/** What one arm spent, cost and saved. */
export interface FrontierArm extends ArmIdentity {
  /**
   * What was spent a year as a share of equity, counted as the budget is: what calls were expected to lose until their roll when
   * they were bought, or the credits not taken.
   */
  readonly spent: number;
  readonly result: VariantResult;
  /** Against the unhedged condors; undefined where a run is too short. */
  readonly protection: Protection | undefined;
  /** The same over reshuffled sessions. */
  readonly paired: PairedEstimates | undefined;
  /** Undefined where nothing was asked of it, and where nothing is rolled. */
  readonly jitter: Jitter | undefined;
}

/** The condors unhedged, and what protecting them costs and saves. */
export interface HedgeFrontier {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly unhedged: VariantResult;
  /** By kind, and then by budget as they were given. */
  readonly arms: readonly FrontierArm[];
}

export interface FrontierOptions extends FamilyOptions, SessionRange {
  readonly hedge: HedgeConfig;
  readonly resamples: number;
  /** Told the share done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs every hedge at every budget, all in one pass. A second pass sells so much less that the credits not taken come to the
 * budget: in a year in which nothing happens condors keep their credits, and both ways cost the same.
 */
export function hedgeFrontier(market: Market, options: FrontierOptions): HedgeFrontier {
  const bare: StrategyConfig = { ...options.config, hedge: undefined };
  const alone = followArm({ kind: "size", config: bare, budgetShare: 0 }, options);
  const families = hedgeRules(options.hedge).map((rule) => openFamily(rule, options));
  const lead = progressing(market, options);
  lead(bare, [alone, ...families.flatMap(({ asIs, moved }) => [asIs, ...moved])]);

  const base = measure(alone.path());
  const sizes = openSizes(bare, base.creditsAYear, options);
  lead(bare, sizes);

  return {
    from: alone.path().run.rows[0]?.session ?? options.from,
    to: alone.path().run.rows.at(-1)?.session ?? options.to,
    unhedged: base.result,
    arms: [
      ...families.flatMap((family) => armsOf(family, base, options)),
      ...sizes.map((size) => {
        const own = measure(size.path());
        const spent = base.creditsAYear - own.creditsAYear;
        return { ...size.arm, spent, ...against(base, own, options), jitter: undefined };
      }),
    ],
  };
}

function openSizes(
  bare: StrategyConfig,
  creditsAYear: number,
  options: FrontierOptions,
): readonly Followed[] {
  if (creditsAYear <= 0) return [];
  return options.budgets.map((budgetShare) => {
    const kept = Math.max(1 - budgetShare / creditsAYear, 0);
    const size = { ...bare.size, totalRiskShare: bare.size.totalRiskShare * kept };
    return followArm({ kind: "size", config: { ...bare, size }, budgetShare }, options);
  });
}

/** What a path comes to. */
interface Measured {
  readonly result: VariantResult;
  readonly days: number;
  readonly creditsAYear: number;
  readonly hedgeLossAYear: number;
}

function measure(path: EquityPath): Measured {
  const [first, last] = [path.run.rows[0], path.run.rows.at(-1)];
  const days = first && last ? daysBetween(first.session, last.session) : 0;
  const aYear = (sum: number): number => (days === 0 ? 0 : (sum * 365.25) / days);
  return {
    result: measurePath(path),
    days,
    creditsAYear: aYear(path.credits),
    hedgeLossAYear: aYear(path.hedgeLoss),
  };
}

function armsOf({ asIs, moved }: Family, base: Measured, options: FrontierOptions): readonly FrontierArm[] {
  return asIs.members.map((member, index) => {
    const own = measure(member.path());
    const arm = { ...member.arm, spent: own.hedgeLossAYear, ...against(base, own, options) };
    const others = moved.map(({ members }) => {
      const path = members[index]?.path();
      return path && measureProtection(base.result, measurePath(path));
    });
    return { ...arm, jitter: moved.length === 0 ? undefined : jitterOf([arm.protection, ...others]) };
  });
}

function against(
  { result: before }: Measured,
  { result, days }: Measured,
  options: FrontierOptions,
): Pick<FrontierArm, "result" | "protection" | "paired"> {
  const over = bootstrapOver({ sessions: result.sessions, days }, options);
  return {
    result,
    protection: measureProtection(before, result),
    paired: bootstrapPair(result.returns, before.returns, over),
  };
}

/** Leads accounts through the market and tells the share done; nearly all of the time goes into the first pass. */
function progressing(market: Market, { from, to, onProgress }: FrontierOptions) {
  const sessions = market.sessions.filter((session) => session >= from && session <= to).length;
  let done = 0;
  const counter: Pick<Account, "step"> = {
    step: () => {
      done += 1;
      onProgress?.(Math.min(done / sessions, 1));
    },
  };
  return (config: StrategyConfig, accounts: readonly Pick<Account, "step">[]): void => {
    runSessions(market, config, { from, to }, [...accounts, counter]);
  };
}
