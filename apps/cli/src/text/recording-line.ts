import { type Instant, wallClock } from "@steward/model";
import type { ChainRecording, Recording } from "../data/record-chains.ts";
import { fixed } from "./format.ts";

/** What one recording left, in a line: `2026-11-23 15:45 New York  SPX 29,870 quotes of 15:30; VIX known already`. */
export function recordingLine({ at, chains }: Recording): string {
  const { date, time } = wallClock(at, "America/New_York");
  return `${date} ${time.slice(0, 5)} New York  ${chains.map(chainPart).join("; ")}`;
}

function chainPart({ symbol, state, added, quotedAt, quality }: ChainRecording): string {
  if (state === "failed") return `${symbol} failed`;
  if (state === "known") return `${symbol} known already`;
  const of = quotedAt === undefined ? "" : ` of ${newYorkTime(quotedAt)}`;
  return `${symbol} ${fixed(added, 0)} quotes${of}${doubt(quality)}`;
}

/** Nothing of what is sound. */
function doubt(quality: ChainRecording["quality"]): string {
  if (quality === undefined || quality.state === "sound") return "";
  const severity = quality.state === "halts" ? "halt" : "degrade";
  const rules = quality.findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule);
  return ` (${quality.state}: ${rules.join(", ")})`;
}

function newYorkTime(instant: Instant): string {
  return wallClock(instant, "America/New_York").time.slice(0, 5);
}
