import { type FeedClient, feedClient } from "@steward/feeds";
import { Failure } from "@steward/model";
import manifest from "../../package.json" with { type: "json" };
import type { Io } from "../io.ts";
import type { Keys } from "./keys.ts";

/**
 * The client of the feeds as the environment wants it: `STEWARD_MIRROR` answers in place of all hosts, and `STEWARD_TIMEOUT`
 * is how many seconds without an answer or a byte are too many.
 */
export function networkClient(keys: Keys, { now, sleep }: Pick<Io, "now" | "sleep">): FeedClient {
  const contact = keys.contact === undefined ? "" : ` (+${keys.contact})`;
  return feedClient({
    userAgent: `steward/${manifest.version}${contact}`,
    keys,
    mirror: mirrorOf(process.env["STEWARD_MIRROR"]),
    timeoutMs: timeoutOf(process.env["STEWARD_TIMEOUT"]) * 1000,
    now,
    sleep,
  });
}

function mirrorOf(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/, "");
  throw new Failure(
    "input.invalid",
    `expected an address like http://127.0.0.1:8080 in STEWARD_MIRROR, found ${text}`,
  );
}

const TIMEOUT_SECONDS = 30;

function timeoutOf(text: string | undefined): number {
  if (text === undefined || text === "") return TIMEOUT_SECONDS;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3600) return seconds;
  throw new Failure("input.invalid", `expected seconds up to 3600 in STEWARD_TIMEOUT, found ${text}`);
}
