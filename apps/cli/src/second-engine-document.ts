import { boxOffer, type SessionRow } from "@steward/engine";
import { assert, type OptionContract, type Structure, strikePoints, toModel } from "@steward/model";
import type { MarketView, SecondEngineConfig, StrategyConfig } from "@steward/strategy";

/** What a record says of the second engine: its gates, readings and orders, and the sleeve's own paper account. */
export type SecondEngineDocument = ReturnType<typeof noSecondEngine> | ReturnType<typeof runningEngine>;

/** The second engine of a record; `row` is the last of the sleeve's account. */
export function secondEngineDocument(
  strategy: StrategyConfig,
  row: SessionRow | undefined,
  view: MarketView,
): SecondEngineDocument {
  const { secondEngine: config } = strategy;
  if (config === undefined) return noSecondEngine();
  assert(row !== undefined, "a configured second engine has an account");
  return runningEngine(config, row, { view, strategy });
}

function noSecondEngine() {
  const because = "this configuration runs no second engine";
  return { enabled: false, action: "none", because } as const;
}

function runningEngine(
  { structure, capitalShare, financing }: SecondEngineConfig,
  { decision, equity, cash, marks, orders }: SessionRow,
  { view, strategy }: { readonly view: MarketView; readonly strategy: StrategyConfig },
) {
  const { secondEngine } = decision;
  assert(secondEngine !== undefined, "a sleeve decides on its second engine");
  const { gates, readings, score, action, because } = secondEngine;
  const entered = secondEngine.orders.map(
    ({ contracts, rung, expiration }) => `${contracts} x ${rung} of ${expiration}`,
  );
  return {
    enabled: true,
    structure,
    action,
    gates,
    readings,
    bigTop: secondEngine.bigTop ?? null,
    score: { value: score.value ?? null, groups: score.groups },
    orders: secondEngine.orders.map(({ structure: legs, contracts, ...order }) => ({
      ...order,
      contracts,
      legs: legsOf(view, legs, contracts),
    })),
    refused: orders.flatMap((order) => (order.kind === "reject" ? [order.rejection.kind] : [])),
    account: {
      kind: "paper",
      capitalShare,
      equity: toModel(equity),
      cash: toModel(cash),
      mark: toModel(marks.condor),
    },
    financing:
      financing.kind === "none"
        ? { kind: "none" }
        : { kind: "box", share: financing.share, today: boxOffer(view, strategy) ?? null },
    because: [...(entered.length > 0 ? [`enters ${entered.join(", ")}`] : []), ...because].join("; "),
  } as const;
}

/** The legs of so many units as an order ticket has them, each with its quote. */
export function legsOf(view: MarketView, { legs }: Structure, contracts: number) {
  return legs.map(({ contract, ratio }) => ({
    root: contract.root,
    expiration: contract.expiration,
    right: contract.right,
    strike: strikePoints(contract.strike),
    quantity: ratio * contracts,
    ...quoteOf(view, contract),
  }));
}

function quoteOf(view: MarketView, { root, expiration, right, strike }: OptionContract) {
  const quote = view.slice(root, expiration)?.quote(right, strike);
  return { bid: quote?.bid ?? null, ask: quote?.ask ?? null };
}
