import { Failure, type FailureCode } from "@steward/model";
import { type ExitStatus, type Io, printJson } from "./io.ts";

const STATUS: Readonly<Record<FailureCode, ExitStatus>> = {
  "config.invalid": 2,
  "config.missing": 2,
  "config.unknown-key": 2,
  "config.unknown-preset": 2,
  "data.malformed": 2,
  "data.missing": 1,
  "feed.busy": 1,
  "feed.changed": 1,
  "feed.key-missing": 1,
  "feed.refused": 1,
  "feed.truncated": 1,
  "feed.unreachable": 1,
  "input.invalid": 2,
  "keys.exposed": 2,
  "margin.not-permitted": 2,
  "output.failed": 1,
  "record.not-reproduced": 1,
  "run.broken": 1,
  "run.interrupted": 1,
  "session.beyond-data": 1,
  "session.closed": 2,
  "store.busy": 1,
  "store.damaged": 1,
  "store.unusable": 1,
};

/** Tells a failure in the form that was asked for, and gives its exit status. Bugs are not failures and pass through. */
export function reportFailure(io: Io, error: unknown, json: boolean): ExitStatus {
  if (!(error instanceof Failure)) throw error;
  const { code, message, details } = error;
  if (json) printJson(io, { error: { code, message, details } });
  else io.err(`steward: ${code}: ${message}`);
  return STATUS[code];
}
