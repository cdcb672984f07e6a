import {
  addDays,
  type CalendarDate,
  daysBetween,
  isListedExpiration,
  isPlannedSession,
  plannedSessionAfter,
  type Slice,
  strikePoints,
  weekday,
} from "@steward/model";
import { type PricedCondor, priceCondor } from "../condor.ts";
import type { EventPolicies, EventPolicy, SecondEngineConfig, StrategyConfig } from "../config.ts";
import { assessEvents } from "../event-policy.ts";
import { strikeNearestDelta } from "../nearest-delta.ts";
import { points } from "../verdict.ts";
import type { MarketView } from "../view.ts";
import type { SleeveMenu, SleeveOffer, SleeveRefusal } from "./offer.ts";

/** Condors of the last week that fits, then of nearer ones: one of each expiration at a time. */
export function deferredCondors(
  view: MarketView,
  config: StrategyConfig,
  sleeve: SecondEngineConfig,
): SleeveMenu {
  const rung = "deferred-condor";
  return {
    places: sleeve.maxOpen,
    oneOf: "expiration",
    offers: weeksWithin(view.session.date, sleeve).map((expiration) =>
      condorOffer(view, { rung, expiration }, config, sleeve),
    ),
  };
}

/** Sessions to the expiration of each rung of the harvest ladder. */
const HARVEST_SESSIONS = [1, 3, 7, 21] as const;

/** Condors of one, three, seven and twenty-one sessions, a quarter of the risk each: a rung is sold again once it has settled. */
export function harvestLadder(
  view: MarketView,
  config: StrategyConfig,
  sleeve: SecondEngineConfig,
): SleeveMenu {
  return {
    places: HARVEST_SESSIONS.length,
    oneOf: "rung",
    offers: HARVEST_SESSIONS.map((sessions) => {
      const expiration = plannedSessionAfter(view.session.date, sessions);
      return condorOffer(view, { rung: `harvest-${sessions}`, expiration }, config, sleeve);
    }),
  };
}

/** Fridays within the days, or the sessions before those that are none, the farthest first. */
function weeksWithin(
  session: CalendarDate,
  { condor: { leastDays, mostDays } }: SecondEngineConfig,
): readonly CalendarDate[] {
  const weeks: CalendarDate[] = [];
  for (let days = mostDays; days >= leastDays; days -= 1) {
    const date = addDays(session, days);
    if (weekday(date) !== "friday") continue;
    const expiration = isPlannedSession(date, session) ? date : addDays(date, -1);
    if (daysBetween(session, expiration) >= leastDays) weeks.push(expiration);
  }
  return weeks;
}

/** The condor of an expiration whose short strikes lie within the band of deltas, or why there is none. */
export function condorOffer(
  view: MarketView,
  { rung, expiration }: { readonly rung: string; readonly expiration: CalendarDate },
  { condor, fills }: StrategyConfig,
  sleeve: SecondEngineConfig,
): SleeveOffer | SleeveRefusal {
  const none = (because: string): SleeveRefusal => ({
    kind: "refusal",
    rung,
    because: `${expiration}: ${because}`,
  });
  const { root } = sleeve;
  if (condor.listings === "historical" && !isListedExpiration(root, expiration)) return none("not listed");
  const slice = view.slice(root, expiration);
  const priced = slice && condorByDelta(slice, sleeve, { fills, on: view.session.date });
  if (priced === undefined) return none("no condor is quoted");
  const { strikes, shorts, credit, cost, structure } = priced;
  const { leastDelta, mostDelta, width } = sleeve.condor;
  const deltas = [-shorts.put.delta, shorts.call.delta];
  const told = `${strikes.shortPut}/${strikes.shortCall} of delta ${deltas.map(points).join(" and ")} pay ${points(credit)}`;
  if (deltas.some((delta) => delta < leastDelta || delta > mostDelta))
    return none(`${told}, not within ${points(leastDelta)} to ${points(mostDelta)}`);
  if (credit <= 0 || cost > condor.maxCostShareOfCredit * credit)
    return none(`${told}, of which the fill takes ${points(cost)}`);
  if (credit >= width) return none(`${told}, no less than the wing of ${width}`);
  return {
    kind: "offer",
    rung,
    expiration,
    structure,
    credit,
    maxLoss: width - credit,
    events: assessEvents(view, expiration, everyEvent(sleeve.gates.events)),
    because: `${expiration}: ${told}`,
  };
}

function condorByDelta(
  slice: Slice,
  { condor: { leastDelta, mostDelta, width } }: SecondEngineConfig,
  context: Parameters<typeof priceCondor>[2],
): PricedCondor | undefined {
  const sought = (leastDelta + mostDelta) / 2;
  const put = strikeNearestDelta(slice, "put", -sought);
  const call = strikeNearestDelta(slice, "call", sought);
  if (put === undefined || call === undefined) return undefined;
  const [shortPut, shortCall] = [strikePoints(put), strikePoints(call)];
  const strikes = { longPut: shortPut - width, shortPut, shortCall, longCall: shortCall + width };
  return priceCondor(slice, strikes, context);
}

/** One policy for whatever is scheduled; producer prices move too little to cut a size. */
function everyEvent(policy: EventPolicy): EventPolicies {
  return { fomc: policy, cpi: policy, jobs: policy, ppi: policy === "ignore" ? "ignore" : "warn" };
}
