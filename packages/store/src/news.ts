import type { Instant } from "@steward/model";
import { type FactValues, keyOf, knownAtOf, saysTheSame, type TableSpec } from "./tables.ts";

/** What of some facts is new, and how many were corrections or known already. */
export interface News {
  readonly facts: readonly FactValues[];
  readonly repeated: number;
  readonly corrected: number;
}

/**
 * Compares facts with what the store holds of their subject, all versions of it. A fact that is there already is left out, as is one
 * that an undated source repeats and that therefore counts from `now` on. A version that its source dates is kept even where it says
 * what was known before: another file may tell what was known in between, and answers must not depend on the order of imports. One
 * that differs from a stored fact of the same key and instant is a correction: nobody knew it before now, so it becomes known at `now`.
 */
export function newsOf(
  facts: readonly FactValues[],
  stored: readonly FactValues[],
  { spec, now }: { readonly spec: TableSpec; readonly now: Instant },
): News {
  const versions = new Map<string, FactValues[]>();
  for (const fact of stored) addTo(versions, keyOf(fact, spec), fact);
  const fresh: FactValues[] = [];
  let [repeated, corrected] = [0, 0];
  for (const fact of facts) {
    const key = keyOf(fact, spec);
    const known = versions.get(key) ?? [];
    const isRestated = known.some((other) => {
      return knownAtOf(other) === knownAtOf(fact) && !saysTheSame(other, fact, spec);
    });
    const dated = isRestated ? { ...fact, knownAt: Math.max(now, knownAtOf(fact)) } : fact;
    if (isTold(dated, known, { spec, now })) {
      repeated += 1;
      continue;
    }
    if (isRestated) corrected += 1;
    fresh.push(dated);
    addTo(versions, key, dated);
  }
  return { facts: fresh, repeated, corrected };
}

/** Whether the versions at hand say it already. */
function isTold(
  fact: FactValues,
  known: readonly FactValues[],
  { spec, now }: { readonly spec: TableSpec; readonly now: Instant },
): boolean {
  const at = knownAtOf(fact);
  if (known.some((other) => knownAtOf(other) === at && saysTheSame(other, fact, spec))) return true;
  const before = at >= now ? lastKnown(known, at) : undefined;
  return before !== undefined && saysTheSame(before, fact, spec);
}

function addTo(versions: Map<string, FactValues[]>, key: string, fact: FactValues): void {
  const known = versions.get(key);
  if (known === undefined) versions.set(key, [fact]);
  else known.push(fact);
}

/** Of several versions at one instant the one added last counts. */
function lastKnown(versions: readonly FactValues[], at: number): FactValues | undefined {
  let last: FactValues | undefined;
  for (const fact of versions) {
    if (knownAtOf(fact) > at) continue;
    if (last === undefined || knownAtOf(fact) >= knownAtOf(last)) last = fact;
  }
  return last;
}
