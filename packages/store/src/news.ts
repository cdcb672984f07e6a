import type { Instant } from "@steward/model";
import { type FactValues, keyOf, knownAtOf, saysTheSame, type TableSpec } from "./tables.ts";

/** What of some facts is new, and how many were corrections or known already. */
export interface News {
  readonly facts: readonly FactValues[];
  readonly repeated: number;
  readonly corrected: number;
}

/**
 * Compares facts with what the store holds of their subject, all versions of it. A fact that says what was known then
 * anyhow is left out. One that differs from a stored fact of the same key and instant is a correction: nobody knew it
 * before now, so it becomes known at `now`. A later version, or an earlier one that was missing, is stored as it is.
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
    const before = lastKnown(known, knownAtOf(dated));
    if (before !== undefined && saysTheSame(before, dated, spec)) {
      repeated += 1;
      continue;
    }
    if (isRestated) corrected += 1;
    fresh.push(dated);
    addTo(versions, key, dated);
  }
  return { facts: fresh, repeated, corrected };
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
