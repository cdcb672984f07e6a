import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { KeyName } from "@steward/feeds";
import { Failure } from "@steward/model";
import { parse } from "yaml";
import { z } from "zod";
import { stewardHome } from "./home.ts";

/** Keys and contacts of the user, for those vendors that want them. */
export type Keys = Readonly<Partial<Record<KeyName, string>>>;

/**
 * What the environment tells, `FRED_API_KEY` and `STEWARD_CONTACT`, and else `keys.yaml` in the user's folder. Fails with
 * `keys.exposed` where others may read that file. No message tells anything of its content.
 */
export function readKeys(): Keys {
  const { fred, contact } = { ...keysOfFile(join(stewardHome(), "keys.yaml")), ...keysOfEnvironment() };
  return { ...(fred === undefined ? {} : { fred }), ...(contact === undefined ? {} : { contact }) };
}

function keysOfEnvironment(): Keys {
  const [fred, contact] = [process.env["FRED_API_KEY"], process.env["STEWARD_CONTACT"]];
  return { ...(fred ? { fred } : {}), ...(contact ? { contact } : {}) };
}

const KEYS = z.strictObject({ fred: z.string().min(1).optional(), contact: z.string().min(1).optional() });

function keysOfFile(path: string): z.infer<typeof KEYS> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return {};
  const mode = stats.mode & 0o777;
  // Windows has no such modes; there the folder of the user is closed to others.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    const message = `expected ${path} to be readable by you alone, found mode ${mode.toString(8).padStart(4, "0")}; run chmod 600 ${path}`;
    throw new Failure("keys.exposed", message, { details: { path } });
  }
  const keys = KEYS.safeParse(parsed(readFileSync(path, "utf8")) ?? {});
  if (keys.success) return keys.data;
  const message = `expected lines "fred: KEY" and "contact: ADDRESS" in ${path}, found something else`;
  throw new Failure("config.invalid", message, { details: { path } });
}

/** The parser's own message would quote the line. */
function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return "unreadable";
  }
}
