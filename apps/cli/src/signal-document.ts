import { openAccount, openSleeve, purposeName, runSessions, type SessionRow } from "@steward/engine";
import { type CalendarDate, formatInstant, type Session, toLedger, toModel, wallClock } from "@steward/model";
import type { Assessment, Decision, Gate, HedgeDecision, TierDecision } from "@steward/strategy";
import { condorFigures } from "./condor-figures.ts";
import type { Configuration } from "./config/load.ts";
import { labelsOf } from "./labels.ts";
import { centralMarket, dataUpTo, type MarketData } from "./market-data.ts";
import { hashOf, type Provenance, provenanceOf } from "./provenance.ts";
import { legsOf, type SecondEngineDocument, secondEngineDocument } from "./second-engine-document.ts";

/** The record of one session: what the rules say, why, and on what data. */
export interface SignalDocument {
  readonly schema: "steward/signal@1";
  /** Names the record: the session and a hash of its content. */
  readonly id: string;
  readonly session: CalendarDate;
  readonly decision: { readonly utc: string; readonly newYork: string; readonly chicago: string };
  readonly market: ReturnType<typeof marketOf>;
  readonly gates: readonly Gate[];
  readonly tiers: readonly ReturnType<typeof tierOf>[];
  /** What scales the size of every tier; the factors multiply. */
  readonly sizing: Decision["sizing"];
  /** Open condors and what is done about each; none where they are held to settlement. */
  readonly positions: Decision["management"];
  /** Orders of this record that the paper account could not take. */
  readonly refused: ReturnType<typeof refusedOf>;
  readonly alvh: ReturnType<typeof alvhOf>;
  readonly secondEngine: SecondEngineDocument;
  readonly account: ReturnType<typeof accountOf>;
  /** Plain sentences, the most important first. */
  readonly reasons: readonly string[];
  readonly labels: readonly string[];
  readonly provenance: Provenance;
}

/**
 * The record of a session of the data. The account is a paper account that has followed the rules since the first session;
 * data after the session is cut away before anything is computed.
 */
export function signalDocument(
  configuration: Configuration,
  allData: MarketData,
  session: CalendarDate,
): SignalDocument | undefined {
  const data = dataUpTo(allData, session);
  const market = centralMarket(data, configuration.strategy);
  const { strategy, startEquity, assignment, seed } = configuration;
  const options = {
    config: strategy,
    startEquity: toLedger(startEquity),
    assignment,
    seed,
    keep: "ends",
  } as const;
  const account = openAccount(options);
  const sleeve = openSleeve(options);
  const accounts = sleeve === undefined ? [account] : [account, sleeve];
  const assessment = runSessions(market, strategy, { from: data.firstSession, to: session }, accounts);
  const row = account.run().rows.at(-1);
  if (assessment === undefined || row === undefined) return undefined;

  const { decision } = row;
  const content = {
    session,
    decision: clocksOf(assessment.view.session),
    market: marketOf(assessment),
    gates: [
      ...assessment.tiers.map(({ gate }) => gate),
      ...(assessment.premium === undefined ? [] : [assessment.premium]),
    ],
    tiers: decision.tiers.map((tier) => tierOf(tier, assessment)),
    sizing: decision.sizing,
    positions: decision.management,
    refused: refusedOf(row),
    alvh: alvhOf(decision.hedge),
    secondEngine: secondEngineDocument(strategy, sleeve?.run().rows.at(-1), assessment.view),
    account: accountOf(row, startEquity, data.firstSession),
    reasons: reasonsOf(decision.tiers, decision.hedge),
    labels: labelsOf(strategy, { from: session, series: market.provenance, session }),
    provenance: provenanceOf(configuration, data, market),
  };
  return { schema: "steward/signal@1", id: `${session}-${hashOf(content)}`, ...content };
}

function clocksOf({ decision }: Session): SignalDocument["decision"] {
  return {
    utc: formatInstant(decision),
    newYork: wallClock(decision, "America/New_York").time,
    chicago: wallClock(decision, "America/Chicago").time,
  };
}

function marketOf({ view, expiration, expectedRange }: Assessment) {
  return {
    spx: view.spot,
    expiration,
    volatility: view.volatility ?? null,
    expectedRange:
      expectedRange === undefined ? null : { share: expectedRange, points: expectedRange * view.spot },
  };
}

function tierOf(decision: TierDecision, { view }: Assessment) {
  const { tier, because } = decision;
  if (decision.action === "none") return { tier, action: "none", reason: decision.reason, because } as const;

  const { proposal, contracts, maxLoss, breakEven } = decision;
  return {
    tier,
    action: "sell",
    contracts,
    legs: legsOf(view, proposal.structure, contracts),
    credit: proposal.credit,
    midCredit: proposal.midCredit,
    expectedCost: proposal.cost,
    shortDeltas: proposal.deltas,
    breakEven,
    maxLoss,
    figures: condorFigures(view, { legs: proposal.structure.legs, contracts, breakEven }) ?? null,
    because,
  } as const;
}

function refusedOf({ orders }: SessionRow) {
  return orders.flatMap((order) =>
    order.kind === "reject"
      ? [{ order: purposeName(order.intent.purpose), effect: order.intent.effect, why: order.rejection.kind }]
      : [],
  );
}

function alvhOf(hedge: HedgeDecision | undefined) {
  if (hedge === undefined) return { enabled: false, because: "this configuration runs no hedge" } as const;
  const { units, yearlyUnitCost, yearlyBudget, layers, because } = hedge;
  return {
    enabled: true,
    units,
    yearlyUnitCost: yearlyUnitCost ?? null,
    yearlyBudget,
    layers,
    because,
  } as const;
}

function accountOf({ equity, cash, marks }: SessionRow, startEquity: number, since: CalendarDate) {
  return {
    kind: "paper",
    since,
    startEquity,
    equity: toModel(equity),
    cash: toModel(cash),
    condorMark: toModel(marks.condor),
    hedgeMark: toModel(marks.hedge),
  } as const;
}

function reasonsOf(tiers: readonly TierDecision[], hedge: HedgeDecision | undefined): readonly string[] {
  const sold = tiers.filter(({ action }) => action === "sell").map(({ tier }) => tier);
  const headline = sold.length === 0 ? "No condor today." : `Sell ${sold.join(", ")}.`;
  const why = tiers.map(({ tier, because }) => `${tier}: ${because.at(-1) ?? "no reason"}.`);
  return [headline, ...why, hedge === undefined ? "No hedge is configured." : `Hedge: ${hedge.because}.`];
}
