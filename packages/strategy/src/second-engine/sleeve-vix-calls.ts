import { type CalendarDate, type Leg, nextVixExpirations, type Slice, strikePoints } from "@steward/model";
import type { SecondEngineConfig, StrategyConfig } from "../config.ts";
import type { EventAssessment } from "../event-policy.ts";
import { type NetPrice, netPrice, type QuotedLeg } from "../fill-cost.ts";
import { layerExpiration } from "../hedge-cost.ts";
import { strikeNearestDelta } from "../nearest-delta.ts";
import { points } from "../verdict.ts";
import type { MarketView } from "../view.ts";
import type { SleeveMenu, SleeveOffer, SleeveRefusal } from "./offer.ts";

/** Calls of so many months one after another make a ladder. */
const LADDER_MONTHS = 3;
/** What lies ahead moves VIX calls either way: it cuts no size. */
const NO_EVENTS: EventAssessment = { factor: 1, because: [] };

/** Long VIX calls of three months, from the one nearest to the days on: one of each month at a time. */
export function vixCallLadder(
  view: MarketView,
  config: StrategyConfig,
  sleeve: SecondEngineConfig,
): SleeveMenu {
  return {
    places: sleeve.maxOpen,
    oneOf: "expiration",
    offers: monthsFrom(view, sleeve, LADDER_MONTHS).map((expiration) =>
      vixOffer(view, { rung: "vix-call", expiration }, config, (slice) => {
        const bought = callAt(slice, sleeve.vixCalls.delta, 1);
        return bought && [bought];
      }),
    ),
  };
}

/** One VIX call sold near the money and two bought farther from it, of the month nearest to the days. */
export function vixBackspread(
  view: MarketView,
  config: StrategyConfig,
  sleeve: SecondEngineConfig,
): SleeveMenu {
  return {
    places: sleeve.maxOpen,
    oneOf: "expiration",
    offers: monthsFrom(view, sleeve, 1).map((expiration) =>
      vixOffer(view, { rung: "vix-backspread", expiration }, config, (slice) => {
        const sold = callAt(slice, sleeve.vixCalls.soldDelta, -1);
        const bought = callAt(slice, sleeve.vixCalls.delta, 2);
        const isApart =
          sold !== undefined && bought !== undefined && sold.contract.strike < bought.contract.strike;
        return isApart ? [sold, bought] : undefined;
      }),
    ),
  };
}

function monthsFrom(
  view: MarketView,
  { vixCalls }: SecondEngineConfig,
  months: number,
): readonly CalendarDate[] {
  const first = layerExpiration(view.session.date, { days: vixCalls.days, rollDays: 0 });
  return first === undefined ? [] : [first, ...nextVixExpirations(first, months - 1)];
}

function callAt(slice: Slice, delta: number, ratio: number): Leg | undefined {
  const strike = strikeNearestDelta(slice, "call", delta);
  const { root, expiration } = slice;
  return strike && { contract: { root, expiration, right: "call", strike }, ratio };
}

function vixOffer(
  view: MarketView,
  { rung, expiration }: { readonly rung: string; readonly expiration: CalendarDate },
  { fills }: StrategyConfig,
  legsOf: (slice: Slice) => readonly Leg[] | undefined,
): SleeveOffer | SleeveRefusal {
  const slice = view.slice("VIX", expiration);
  const legs = slice && legsOf(slice);
  const net = slice && legs && netOf(slice, legs, { fills, view });
  if (legs === undefined || net === undefined)
    return { kind: "refusal", rung, because: `${expiration}: no such VIX calls are quoted` };
  const strikes = legs.map(({ contract, ratio }) => `${ratio} of ${strikePoints(contract.strike)}`);
  const told = `VIX calls ${strikes.join(" and ")} for ${points(net.price)}`;
  const maxLoss = gapOf(legs) - net.price;
  if (maxLoss <= 0)
    return {
      kind: "refusal",
      rung,
      because: `${expiration}: ${told} could lose nothing: no such quotes stand`,
    };
  return {
    kind: "offer",
    rung,
    expiration,
    structure: { kind: legs.length === 1 ? "call" : "backspread", legs },
    credit: net.price,
    maxLoss,
    events: NO_EVENTS,
    because: `${expiration}: ${told}`,
  };
}

function netOf(
  slice: Slice,
  legs: readonly Leg[],
  { fills, view }: { readonly fills: StrategyConfig["fills"]; readonly view: MarketView },
): NetPrice | undefined {
  const quoted: QuotedLeg[] = [];
  for (const leg of legs) {
    const quote = slice.quote("call", leg.contract.strike);
    if (quote === undefined) return undefined;
    quoted.push({ leg, quote });
  }
  return netPrice(quoted, fills, view.session.date);
}

/** What a backspread owes at its worst, on the strike bought; a call alone owes nothing. */
function gapOf(legs: readonly Leg[]): number {
  const [nearer, farther] = legs.map(({ contract }) => strikePoints(contract.strike));
  return nearer === undefined || farther === undefined ? 0 : farther - nearer;
}
