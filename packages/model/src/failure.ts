/** Stable, documented, machine-readable. The part before the dot names who failed. */
export type FailureCode =
  | "config.invalid"
  | "config.missing"
  | "config.unknown-key"
  | "config.unknown-preset"
  | "data.malformed"
  | "data.missing"
  | "feed.busy"
  | "feed.changed"
  | "feed.key-missing"
  | "feed.refused"
  | "feed.truncated"
  | "feed.unreachable"
  | "input.invalid"
  | "keys.exposed"
  | "margin.not-permitted"
  | "output.failed"
  | "record.not-reproduced"
  | "run.broken"
  | "run.interrupted"
  | "session.beyond-data"
  | "session.closed"
  | "store.busy"
  | "store.damaged"
  | "store.unusable";

export interface FailureOptions {
  /** Where: file, line, key. Shown to machines as `details`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The world let us down: a file, a feed, a configuration. Thrown at the rim and caught once per app, which maps the code
 * to an exit status. Bugs throw `InvariantError`; what the market says is returned as data.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, message: string, { details = {}, cause }: FailureOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }
}
