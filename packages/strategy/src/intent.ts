import type { Structure } from "@steward/model";

/** What a position is for: the ledger keeps the engines' results apart by it. */
export type Purpose =
  /** `shifts` counts how often a spread of it has been rolled. */
  | { readonly kind: "condor"; readonly tier: string; readonly shifts?: number }
  | { readonly kind: "hedge"; readonly layer: string }
  | { readonly kind: "sleeve"; readonly rung: string };

/** A wish of the rules, before risk checks: `quantity` whole units of `structure`. */
export interface Intent {
  readonly effect: "open" | "close";
  readonly purpose: Purpose;
  readonly structure: Structure;
  readonly quantity: number;
  readonly because: string;
  /** Given only where the intent before it was filled whole: the second leg of a roll. */
  readonly follows?: true;
}
