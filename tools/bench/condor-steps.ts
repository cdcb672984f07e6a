import { type Market, quoteVenue } from "@steward/engine";
import { marketOf, volatilityHistory } from "@steward/market-model";
import {
  calendarDate,
  type Instant,
  instantAt,
  type Mark,
  type Right,
  type Slice,
  type Strike,
  type Structure,
  strike,
  toLedger,
  toModel,
} from "@steward/model";
import { defaultFills, type Intent, type MarketView } from "@steward/strategy";
import { loadMarketData } from "../../apps/cli/src/market-data.ts";
import { Book } from "../../packages/engine/src/book.ts";
import { assertMarked } from "../../packages/engine/src/invariants.ts";
import { alternate, scriptEngine } from "./rounds.ts";
import { type Row, rate } from "./row.ts";

/** As in the published figure that this stands beside, 425,000 steps a second: four legs over 2,048 steps. */
const STEPS = 2048;
/** Sessions for which a condor is held before the next one is sold. */
const HELD = 30;

/** One step of a replay: a session's view, and the condor that is sold in it, if any. */
interface Step {
  readonly view: MarketView;
  readonly sold: Structure | undefined;
}

/**
 * Condors replayed session by session through the engine's book: what has expired settles, four legs are marked, the account
 * with them, invariants are asked for, and every thirty sessions the next condor is sold at its quotes, with fees. The rules
 * take no part. Quotes are there before, or the market models them as the book asks.
 */
export async function condorStepRows(): Promise<readonly Row[]> {
  const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
  const { inputs } = await loadMarketData({ data: { store: false, files: {} } }, now);
  const market = marketOf(volatilityHistory(inputs), {});
  const modelled = stepsOf(market);
  const held = quotedSteps(modelled);
  const engines = alternate([
    scriptEngine("steward, quotes in memory", STEPS, () => replay(market, held)),
    scriptEngine("steward, quotes modelled at each step", STEPS, () => replay(market, modelled)),
  ]);
  return engines.map(({ name, perSecond, ratio }) => ({
    area: "condor-steps",
    work: "condor steps: four legs marked, account, invariants",
    engine: name,
    speed: rate(perSecond),
    perSecond,
    ratio,
  }));
}

/** Dollars at the end of the replay. */
function replay(market: Market, steps: readonly Step[]): number {
  const book = new Book(toLedger(1_000_000), { append: () => {} });
  const venue = quoteVenue(defaultFills);
  let equity = book.ledger.balances.cash;
  for (const { view, sold } of steps) {
    const { date: session, open, close, decision } = view.session;
    const at = (knownAt: Instant) => ({ knownAt, session });
    book.settle(market, "am", at(open));
    book.settle(market, "pm", at(close));
    if (sold !== undefined) {
      const intent: Intent = {
        effect: "open",
        purpose: { kind: "condor", tier: "held" },
        structure: sold,
        quantity: 10,
        because: "the thirtieth session",
      };
      book.record({ ...venue.execute(book.ledger, intent, view), bornOn: 0 }, at(decision));
    }
    ({ equity } = book.mark(view, () => undefined));
    assertMarked(book.ledger, equity, session);
  }
  if (book.roundTrips.length < STEPS / HELD - 2)
    throw new Error(`expected condors that settle, found ${book.roundTrips.length}`);
  return toModel(equity);
}

function stepsOf(market: Market): readonly Step[] {
  // The model settles in a year.
  const sessions = market.sessions.slice(300, 300 + STEPS);
  return sessions.map((session, index) => {
    const view = market.view(session);
    const expiration = sessions[index + HELD];
    const isSale = index % HELD === 0 && expiration !== undefined;
    return { view, sold: isSale ? condorAround(view, expiration) : undefined };
  });
}

/** Short strikes 6 % from the forward, wings of 25 points. */
function condorAround(view: MarketView, expiration: Step["view"]["session"]["date"]): Structure {
  const forward = view.slice("SPXW", expiration)?.forward ?? view.spot;
  const near = (share: number): number => Math.round((forward * share) / 25) * 25;
  const leg = (right: Right, points: number, ratio: number) => ({
    contract: { root: "SPXW", expiration, right, strike: strike(points) } as const,
    ratio,
  });
  const [put, call] = [near(0.94), near(1.06)];
  return {
    kind: "iron-condor",
    legs: [leg("put", put - 25, 1), leg("put", put, -1), leg("call", call, -1), leg("call", call + 25, 1)],
  };
}

/** The same steps with the marks of the condor that is held read off beforehand. */
function quotedSteps(steps: readonly Step[]): readonly Step[] {
  let held: Structure | undefined;
  return steps.map(({ view, sold }) => {
    held = sold ?? held;
    return { view: held === undefined ? view : withMarks(view, held), sold };
  });
}

function withMarks(view: MarketView, { legs }: Structure): MarketView {
  const [first] = legs;
  const slice = first && view.slice(first.contract.root, first.contract.expiration);
  if (slice === undefined) return view;
  const marks = new Map<Strike, Mark>();
  for (const { contract } of legs) {
    const mark = slice.mark(contract.right, contract.strike);
    if (mark !== undefined) marks.set(contract.strike, mark);
  }
  const quoted: Slice = { ...slice, mark: (_, wanted) => marks.get(wanted) };
  return { ...view, slice: () => quoted };
}
