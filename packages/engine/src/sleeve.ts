import { toLedger, toModel } from "@steward/model";
import { decideSecondEngine } from "@steward/strategy";
import { type Account, type AccountOptions, openAccount } from "./kernel.ts";

/**
 * Opens the second engine's account beside the first engine's: a start, a ledger and a risk budget of its own. Undefined where the
 * configuration runs no second engine.
 */
export function openSleeve(options: Omit<AccountOptions, "rules">): Account | undefined {
  const { secondEngine } = options.config;
  if (secondEngine === undefined) return undefined;
  const startEquity = toLedger(toModel(options.startEquity) * secondEngine.capitalShare);
  return openAccount({ ...options, rules: decideSecondEngine, startEquity });
}
