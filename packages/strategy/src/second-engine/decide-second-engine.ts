import { assert } from "@steward/model";
import type { Assessment } from "../assess.ts";
import type { SecondEngineConfig, StrategyConfig } from "../config.ts";
import type { AccountView, Decision } from "../decide.ts";
import { tierSize } from "../size.ts";
import { sizeFactors } from "../size-factors.ts";
import type { MarketView } from "../view.ts";
import type { SleeveMenu, SleeveOffer } from "./offer.ts";
import type { SecondEngineDecision, SleeveOrder } from "./second-engine-decision.ts";

/** What the second engine may know of its own account. */
export interface SleeveAccount extends AccountView {
  /** Dollars, before its first session. */
  readonly startEquity: number;
  /** Dollars that what has ended brought since, after fees. */
  readonly realized: number;
}

/** Sizes what the second engine may open for the sleeve's account. Whatever it holds is held to its settlement. */
export function decideSecondEngine(
  assessment: Assessment,
  account: SleeveAccount,
  config: StrategyConfig,
): Decision {
  const { secondEngine: sleeve } = config;
  const { view, secondEngine: assessed } = assessment;
  assert(sleeve !== undefined && assessed !== undefined, "a sleeve has a second engine to follow");
  const { menu, ...said } = assessed;
  const closed = said.gates.filter(({ verdict }) => verdict !== "pass").map(({ because }) => because);
  const { orders, because } =
    menu === undefined ? { orders: [], because: closed } : sizeMenu(view, menu, account, { config, sleeve });
  return {
    session: view.session.date,
    tiers: [],
    sizing: [],
    management: [],
    hedge: undefined,
    secondEngine: { ...said, action: orders.length > 0 ? "enter" : "none", orders, because },
    intents: orders.map(({ rung, structure, contracts, because: why }) => ({
      effect: "open",
      purpose: { kind: "sleeve", rung },
      structure,
      quantity: contracts,
      because: why.join("; "),
    })),
  };
}

/** What the sleeve sizes by: its start and a share of what it has realized, but never more than it has. */
function sizingBase({ equity, startEquity, realized }: SleeveAccount, compounding: number): number {
  return Math.max(Math.min(equity, startEquity + compounding * realized), 0);
}

interface Rules {
  readonly config: StrategyConfig;
  readonly sleeve: SecondEngineConfig;
}

/** Takes the offers in their order while places and risk are left. */
function sizeMenu(
  view: MarketView,
  { offers, places, oneOf }: SleeveMenu,
  account: SleeveAccount,
  { config, sleeve }: Rules,
): Pick<SecondEngineDecision, "orders" | "because"> {
  const orders: SleeveOrder[] = [];
  const because: string[] = [];
  const held = account.positions.flatMap(({ purpose, structure: { legs } }) => {
    const expiration = legs[0]?.contract.expiration;
    return purpose.kind === "sleeve" && expiration !== undefined && expiration > view.session.date
      ? [{ rung: purpose.rung, expiration }]
      : [];
  });
  const base = sizingBase(account, sleeve.compounding);
  let riskTaken = account.condorRisk;
  for (const offer of offers) {
    const isHeld = [...held, ...orders].some(
      ({ rung, expiration }) =>
        rung === offer.rung &&
        (oneOf === "rung" || (offer.kind === "offer" && expiration === offer.expiration)),
    );
    if (offer.kind === "refusal") {
      because.push(offer.because);
      continue;
    }
    if (isHeld) {
      because.push(`${offer.rung} of ${offer.expiration} is held already`);
      continue;
    }
    if (held.length + orders.length >= places) {
      because.push(`${places} positions are open: no more`);
      break;
    }
    const order = sizeOffer(offer, { view, account, base, riskTaken, places }, { config, sleeve });
    if (order.contracts === 0) because.push(...order.because);
    else {
      orders.push(order);
      riskTaken += order.maxLoss;
    }
  }
  return { orders, because };
}

interface Standing {
  readonly view: MarketView;
  readonly account: SleeveAccount;
  readonly base: number;
  readonly riskTaken: number;
  readonly places: number;
}

function sizeOffer(
  { rung, expiration, structure, credit, maxLoss, events, because }: SleeveOffer,
  { view, account, base, riskTaken, places }: Standing,
  { config, sleeve }: Rules,
): SleeveOrder {
  const factors = sizeFactors(view, events, account, config.size);
  const { contracts, maxLossEach, riskBudget } = tierSize(
    { totalRiskShare: sleeve.riskShare },
    {
      equity: base,
      riskTaken,
      tiers: places,
      width: maxLoss,
      credit: 0,
      factor: factors.reduce((product, each) => product * each.factor, 1),
    },
  );
  const sized = `${contracts} contracts: $${riskBudget.toFixed(0)} of risk, at most $${maxLossEach.toFixed(0)} each`;
  return {
    rung,
    expiration,
    structure,
    contracts,
    credit,
    maxLoss: contracts * maxLossEach,
    because: [because, ...factors.map((factor) => factor.because), sized],
  };
}
