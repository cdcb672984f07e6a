import { toModel } from "@steward/model";
import { type Assessment, type HedgeAssessment, OPTION_MULTIPLIER } from "@steward/strategy";
import type { FillEvent } from "./events.ts";
import { type Account, type AccountOptions, openAccount, type Run, type SessionRow } from "./kernel.ts";

/** What is left of an account that is followed for its path alone, many at a time. */
export interface EquityPath {
  /** Its first and its last session, without a journal. */
  readonly run: Run;
  /** Dollars at each session. */
  readonly equity: readonly number[];
  /** Credits of its condors after the fees of their sale, each as a share of the equity of its session, summed. */
  readonly credits: number;
  /** What its hedge's calls were expected to lose until their roll when they were bought, the same way. */
  readonly hedgeLoss: number;
}

/** An account that is followed for its path alone. */
export interface Follower {
  readonly step: Account["step"];
  readonly path: () => EquityPath;
}

/** Opens an account and follows it. */
export function followAccount(options: Omit<AccountOptions, "keep" | "journal">): Follower {
  const account = openAccount({ ...options, keep: "ends" });
  const equity: number[] = [];
  let credits = 0;
  let hedgeLoss = 0;
  return {
    step: (market, assessment) => {
      account.step(market, assessment);
      const row = account.run().rows.at(-1);
      if (row === undefined) return;
      const worth = toModel(row.equity);
      equity.push(worth);
      if (worth <= 0) return;
      const flows = flowsOf(row, assessment);
      credits += flows.credits / worth;
      hedgeLoss += flows.hedgeLoss / worth;
    },
    path: () => ({ run: account.run(), equity, credits, hedgeLoss }),
  };
}

function flowsOf(
  { orders }: SessionRow,
  { hedge }: Assessment,
): { readonly credits: number; readonly hedgeLoss: number } {
  let credits = 0;
  let hedgeLoss = 0;
  for (const order of orders) {
    if (order.kind === "reject" || order.intent.effect !== "open") continue;
    if (order.intent.purpose.kind === "condor") credits += toModel(order.premium) + toModel(order.fees);
    else hedgeLoss += lossOf(order, hedge);
  }
  return { credits, hedgeLoss };
}

/** Of calls that the budget buys: those bought from a gain are other ones. */
function lossOf({ intent: { purpose, structure, quantity } }: FillEvent, hedge: HedgeAssessment | undefined) {
  const contract = structure.legs[0]?.contract;
  const call = hedge?.calls.find(
    (each) =>
      purpose.kind === "hedge" &&
      each?.layer.name === purpose.layer &&
      each.strike === contract?.strike &&
      each.slice.expiration === contract.expiration,
  );
  return (call?.lossToRoll ?? 0) * quantity * OPTION_MULTIPLIER;
}
