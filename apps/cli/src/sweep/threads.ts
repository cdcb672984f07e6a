import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SessionRange, VariantResult } from "@steward/engine";
import { Failure } from "@steward/model";
import type { Configuration } from "../config/load.ts";
import type { MarketData } from "../market-data.ts";
import type { SweepAnswer, SweepTask } from "./worker.ts";

export interface ThreadOptions {
  readonly range: SessionRange;
  readonly threads: number;
  /** Ends the sweep at once; what was done by then is returned. */
  readonly signal: AbortSignal;
  /** Called as variants end, in whatever order. */
  readonly onResult: (index: number, result: VariantResult) => void;
}

/**
 * Runs configurations over the same data, each thread taking the next that nobody has taken. Results have the places of their
 * configurations, whoever ran them, and a place without one was not reached. The first failure ends all, naming its variant.
 */
export async function runVariants(
  configurations: readonly Configuration[],
  { inputs }: MarketData,
  { range, threads, signal, onResult }: ThreadOptions,
): Promise<readonly (VariantResult | undefined)[]> {
  const results: (VariantResult | undefined)[] = configurations.map(() => undefined);
  const queue = configurations.entries();
  const task: SweepTask = { inputs, range };
  const workers = Array.from(
    { length: Math.min(threads, configurations.length) },
    () => new Worker(new URL("./worker.ts", import.meta.url), { workerData: task }),
  );

  const work = async (worker: Worker): Promise<void> => {
    for (const [index, configuration] of queue) {
      const result = await ask(worker, configuration, signal);
      results[index] = result;
      onResult(index, result);
    }
  };

  try {
    await Promise.all(workers.map(work));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

async function ask(
  worker: Worker,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<VariantResult> {
  const reply = once(worker, "message", { signal });
  worker.postMessage(configuration);
  const [answer]: SweepAnswer[] = await reply;
  if (answer?.kind === "result") return answer.result;
  const { code, message, details } = answer ?? { code: "run.broken", message: "no answer", details: {} };
  throw new Failure(code, `${configuration.name}: ${message}`, {
    details: { variant: configuration.name, ...details },
  });
}
