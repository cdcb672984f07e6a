import { type CalendarDate, daysBetween, toModel } from "@steward/model";
import { type Assessment, OPTION_MULTIPLIER } from "@steward/strategy";
import { type Account, type AccountOptions, openAccount, type Run, type SessionRow } from "./kernel.ts";

/** What is left of an account that is followed for its path alone, many at a time. */
export interface EquityPath {
  /** Its first and its last session, without a journal. */
  readonly run: Run;
  /** Dollars at each session. */
  readonly equity: readonly number[];
  /** Credits of its condors after the fees of their sale, each as a share of the equity of its session, summed. */
  readonly credits: number;
  /**
   * What its hedge's calls were expected to lose until their roll when they were bought, the same way; of calls that the end finds
   * short of their roll only the part of their time that has passed.
   */
  readonly hedgeLoss: number;
}

/** An account that is followed for its path alone. */
export interface Follower {
  readonly step: Account["step"];
  readonly path: () => EquityPath;
}

/** Calls that were bought, and what of the equity they are expected to lose in the days until their roll. */
interface Purchase {
  readonly on: CalendarDate;
  readonly days: number;
  readonly loss: number;
}

/** Opens an account and follows it. */
export function followAccount(options: Omit<AccountOptions, "keep" | "journal">): Follower {
  const account = openAccount({ ...options, keep: "ends" });
  const equity: number[] = [];
  const purchases: Purchase[] = [];
  let credits = 0;
  return {
    step: (market, assessment) => {
      account.step(market, assessment);
      const row = account.run().rows.at(-1);
      if (row === undefined) return;
      const worth = toModel(row.equity);
      equity.push(worth);
      if (worth <= 0) return;
      credits += creditsOf(row) / worth;
      purchases.push(...purchasesOf(row, assessment, worth));
    },
    path: () => ({ run: account.run(), equity, credits, hedgeLoss: lossUntil(account.run(), purchases) }),
  };
}

function creditsOf({ orders }: SessionRow): number {
  let credits = 0;
  for (const order of orders) {
    const { effect, purpose } = order.intent;
    if (order.kind === "fill" && effect === "open" && purpose.kind === "condor")
      credits += toModel(order.premium) + toModel(order.fees);
  }
  return credits;
}

/** Calls that the budget buys: those bought from a gain are other ones. */
function purchasesOf(
  { orders, session }: SessionRow,
  { hedge }: Assessment,
  equity: number,
): readonly Purchase[] {
  return orders.flatMap(({ kind, intent: { effect, purpose, structure, quantity } }) => {
    if (kind === "reject" || effect !== "open" || purpose.kind !== "hedge") return [];
    const contract = structure.legs[0]?.contract;
    const call = hedge?.calls.find(
      (each) =>
        each?.layer.name === purpose.layer &&
        each.strike === contract?.strike &&
        each.slice.expiration === contract.expiration,
    );
    if (call?.lossToRoll === undefined) return [];
    const loss = (call.lossToRoll * quantity * OPTION_MULTIPLIER) / equity;
    return [{ on: session, days: call.days - call.layer.rollDays, loss }];
  });
}

function lossUntil({ rows }: Run, purchases: readonly Purchase[]): number {
  const end = rows.at(-1)?.session;
  if (end === undefined) return 0;
  return purchases.reduce(
    (sum, { on, days, loss }) => sum + loss * Math.min(daysBetween(on, end) / days, 1),
    0,
  );
}
