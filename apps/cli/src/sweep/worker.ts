// A thread of a sweep: it makes the market once and runs one variant after another through it.

import { parentPort, workerData } from "node:worker_threads";
import { type Market, runVariant, type SessionRange, type VariantResult } from "@steward/engine";
import type { MarketInputs } from "@steward/market-model";
import { assert, Failure, type FailureCode, toLedger } from "@steward/model";
import type { Configuration } from "../config/load.ts";
import { centralMarket, withInputs } from "../market-data.ts";
import { reproducibly } from "../reproduce.ts";

/** What a thread is started with. */
export interface SweepTask {
  readonly inputs: MarketInputs;
  readonly range: SessionRange;
}

/** What a thread answers for a configuration: a failure cannot cross threads as one. */
export type SweepAnswer =
  | { readonly kind: "result"; readonly result: VariantResult }
  | {
      readonly kind: "failure";
      readonly code: FailureCode;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

const { inputs, range }: SweepTask = workerData;
const data = withInputs(inputs);
const markets = new Map<string, Market>();
const port = parentPort;
assert(port !== null, "a worker has who it works for");

port.on("message", (configuration: Configuration) => {
  const answer = answerTo(configuration);
  port.postMessage(answer, answer.kind === "result" ? [answer.result.returns.buffer as ArrayBuffer] : []);
});

function answerTo(configuration: Configuration): SweepAnswer {
  const { strategy, startEquity, seed, assignment } = configuration;
  try {
    const result = reproducibly(configuration, data, () =>
      runVariant(marketFor(configuration), {
        config: strategy,
        startEquity: toLedger(startEquity),
        seed,
        assignment,
        ...range,
      }),
    );
    return { kind: "result", result };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, details } = error;
    return { kind: "failure", code, message, details };
  }
}

/** The market of a configuration: of the rules only the listings have a say in it. */
function marketFor({ strategy }: Configuration): Market {
  const { listings } = strategy.condor;
  const market = markets.get(listings) ?? centralMarket(data, strategy);
  markets.set(listings, market);
  return market;
}
