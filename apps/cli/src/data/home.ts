import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { MarketStore } from "@steward/store";

/** The folder of the user's store, ledger and keys: `$STEWARD_HOME`, or `.steward` at home. */
export function stewardHome(): string {
  return process.env["STEWARD_HOME"] ?? join(homedir(), ".steward");
}

/** The folder of the market store. */
export function marketFolder(): string {
  return join(stewardHome(), "market");
}

/** Opens the market store, or makes one. The query engine takes a while to load, which commands without it are spared. */
export async function openStore(): Promise<MarketStore> {
  const { MarketStore } = await import("@steward/store");
  return await MarketStore.open(marketFolder());
}

/** The market store where there is one. */
export async function existingStore(): Promise<MarketStore | undefined> {
  return existsSync(join(marketFolder(), "catalogue.sqlite")) ? await openStore() : undefined;
}
