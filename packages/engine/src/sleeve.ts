import { toLedger, toModel } from "@steward/model";
import { decideSecondEngine } from "@steward/strategy";
import { boxLoan } from "./box-loan.ts";
import { type Account, type AccountOptions, openAccount } from "./kernel.ts";

/**
 * Opens the second engine's account beside the first engine's: a start, a ledger and a risk budget of its own, and a loan where one is
 * configured, which is part of the start. Undefined where the configuration runs no second engine.
 */
export function openSleeve(options: Omit<AccountOptions, "rules">): Account | undefined {
  const { secondEngine } = options.config;
  if (secondEngine === undefined) return undefined;
  const { capitalShare, financing } = secondEngine;
  const start = toModel(options.startEquity) * capitalShare;
  return openAccount({
    ...options,
    rules: decideSecondEngine,
    startEquity: toLedger(start),
    ...(financing.kind === "box" && { loan: boxLoan(toLedger(start * financing.share), options.config) }),
  });
}
