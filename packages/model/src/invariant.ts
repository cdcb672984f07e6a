/** A bug of ours: a state that the code promised could not occur. Never caught below an app's outermost frame. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
  /** What had happened and what the state was, where somebody on the way knew. */
  readonly context: Readonly<Record<string, unknown>> | undefined;

  constructor(message: string, context?: Readonly<Record<string, unknown>>) {
    super(message);
    this.context = context;
  }
}

/**
 * Throws `InvariantError` with `message` unless `condition` holds. For programmer errors only, never for input. A message with
 * numbers in it is a function where it stands on a hot path: writing a number out takes longer than checking it.
 */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new InvariantError(typeof message === "string" ? message : message());
}

/** Ends a `switch` over a union: compiles only while every variant is handled. */
export function assertNever(value: never): never {
  throw new InvariantError(`unhandled variant ${JSON.stringify(value)}`);
}
