import { Failure, InvariantError } from "@steward/model";
import manifest from "../package.json" with { type: "json" };
import type { Configuration } from "./config/load.ts";
import type { MarketData } from "./market-data.ts";
import { configHashOf } from "./provenance.ts";

/**
 * Does the work of a run. A broken invariant is a bug of ours and ends it with a `run.broken` that holds what reproduces it: the
 * event, the account before it, engine, configuration, data and seed. No number comes out of such a run.
 */
export function reproducibly<Result>(
  configuration: Configuration,
  data: MarketData,
  work: () => Result,
): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    const run = {
      engine: manifest.version,
      configuration: configHashOf(configuration),
      data: data.fingerprint,
      seed: configuration.seed,
    };
    const named = Object.entries(run)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
    const message = `an invariant does not hold: ${error.message}; this is a bug, and the run has no result. To reproduce it: ${named}; --json tells the event and the account before it`;
    throw new Failure("run.broken", message, { details: { ...run, ...error.context }, cause: error });
  }
}
