import { CONVENTION, type Performance, performance } from "@steward/analytics";
import type { CalendarDate } from "@steward/model";
import type { SessionRange } from "../kernel.ts";
import type { Market } from "../ports.ts";
import { cndrRule } from "./cndr.ts";
import { bxmRule, putRule } from "./put-write.ts";
import type { ReferenceName, ReferenceRoll, ReferenceRule } from "./reference-rule.ts";
import { vxthRule } from "./vxth.ts";

/** What a reference rule did over a range of sessions. */
export interface ReferenceRun {
  readonly name: ReferenceName;
  /** 100 at the first session that has quotes. */
  readonly levels: readonly { readonly session: CalendarDate; readonly level: number }[];
  readonly rolls: readonly ReferenceRoll[];
  /** Undefined where it never traded. */
  readonly performance: Performance | undefined;
}

/** All rules, in the order in which they are shown. */
export const REFERENCE_NAMES: readonly ReferenceName[] = ["cndr", "put", "bxm", "vxth"];

const RULES: Readonly<Record<ReferenceName, () => ReferenceRule>> = {
  cndr: cndrRule,
  put: putRule,
  bxm: bxmRule,
  vxth: vxthRule,
};

/** Runs reference rules over a range of a market, all of them in one pass. */
export function referenceRuns(
  market: Market,
  names: readonly ReferenceName[],
  { from, to }: SessionRange,
): readonly ReferenceRun[] {
  const rules = names.map((name) => RULES[name]());
  const levels = rules.map((): { session: CalendarDate; level: number }[] => []);
  for (const session of market.sessions) {
    if (session < from) continue;
    if (session > to) break;
    for (const [i, rule] of rules.entries()) {
      const level = rule.step(market, session);
      if (level !== undefined) levels[i]?.push({ session, level });
    }
  }
  return rules.map(({ name, rolls }, i) => {
    const own = levels[i] ?? [];
    const returns = own.slice(1).map(({ level }, place) => level / (own[place]?.level ?? level) - 1);
    return { name, levels: own, rolls, performance: performance(returns, CONVENTION) };
  });
}
