import type { Structure } from "@steward/model";

/** What a position is for: the ledger keeps the engines' results apart by it. */
export type Purpose =
  | { readonly kind: "condor"; readonly tier: string }
  | { readonly kind: "hedge"; readonly layer: string };

/** A wish of the rules, before risk checks: `quantity` whole units of `structure`. */
export interface Intent {
  readonly effect: "open" | "close";
  readonly purpose: Purpose;
  readonly structure: Structure;
  readonly quantity: number;
  readonly because: string;
}
