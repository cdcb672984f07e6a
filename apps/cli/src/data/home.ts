import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of the user's store, ledger and keys: `$STEWARD_HOME`, or `.steward` at home. */
export function stewardHome(): string {
  return process.env["STEWARD_HOME"] ?? join(homedir(), ".steward");
}

/** The folder of the market store. */
export function marketFolder(): string {
  return join(stewardHome(), "market");
}
