// What nobody leaves on the table, at bids and asks so that a spread never makes a false one: Q28, Q29, Q30.

import { fitOf, type QuoteChain, type QuoteSlice } from "./chain.ts";
import { abstains, type ChainRule, finite, type Outcome, type PlacedFault, type SliceRule } from "./rule.ts";
import type { SideQuotes } from "./side-quotes.ts";

/** Points: half a tick of SPX, under which rounding to ticks and fees hide any gain. */
const ARBITRAGE_TOLERANCE = 0.025;
/** Points: a butterfly has four options, a calendar two, each on a tick of its own. */
const BUTTERFLY_TOLERANCE = 0.05;
const CALENDAR_TOLERANCE = 0.1;
/** Standard errors of both forwards in a calendar. */
const FORWARD_ERRORS = 6;
/** Share of the forward: slices of one snapshot are not quoted in the same second. */
const CALENDAR_FORWARD_SHARE = 0.0003;

/** Q28. Vertical spreads. */
export const vertical: SliceRule = {
  id: "Q28",
  name: "arbitrage.vertical",
  title: "a vertical spread that pays for being held, or fetches more than its width",
  severity: "flag",
  scope: "slice",
  threshold: `at bid and ask, by more than ${ARBITRAGE_TOLERANCE} points; the width discounted (American options: not)`,
  check: checkVerticals,
};

/** Q29. Butterflies. */
export const butterfly: SliceRule = {
  id: "Q29",
  name: "arbitrage.butterfly",
  title: "a butterfly, of whichever wings, that pays for being held",
  severity: "flag",
  scope: "slice",
  threshold: `wings at the ask against the body at the bid, by more than ${BUTTERFLY_TOLERANCE} points`,
  check: ({ calls, puts }) => [...bodiesOverHull(calls), ...bodiesOverHull(puts)],
};

/** Q30. Calendars in forward moneyness. */
export const calendar: ChainRule = {
  id: "Q30",
  name: "arbitrage.calendar",
  title: "an option bids more than a later one of the same forward moneyness asks",
  severity: "flag",
  scope: "chain",
  threshold: `per unit of discounted forward, by more than ${CALENDAR_TOLERANCE} points, ${FORWARD_ERRORS} standard errors of both forwards and ${CALENDAR_FORWARD_SHARE} of the forward`,
  check: checkCalendars,
};

function checkVerticals(slice: QuoteSlice): Outcome {
  const factor = slice.exercise === "american" ? 1 : fitOf(slice)?.discountFactor;
  return [...verticalFaults(slice.calls, factor), ...verticalFaults(slice.puts, factor)];
}

/** Each bid against the best ask of all options that pay no less, alone and with the width in cash. */
function verticalFaults(side: SideQuotes, factor: number | undefined): readonly PlacedFault[] {
  const { right, strikes, bids, asks, rows } = side;
  const size = strikes.length;
  const faults: PlacedFault[] = [];
  const inOrder = (from: "best" | "worst", order: number): number =>
    (right === "call") === (from === "best") ? order : size - 1 - order;

  let lowest = Number.POSITIVE_INFINITY;
  for (let order = 0; order < size; order += 1) {
    const i = inOrder("best", order);
    const bid = bids[i] ?? 0;
    if (bid > lowest + ARBITRAGE_TOLERANCE) {
      faults.push({
        row: rows[i],
        message: "an option that never pays less costs less",
        value: finite(bid),
        limit: finite(lowest),
      });
    }
    lowest = Math.min(lowest, asks[i] ?? Number.POSITIVE_INFINITY);
  }
  if (factor === undefined) return faults;

  // A call and its strike in cash never pay less than a call of a lower strike and that strike in cash; puts mirror.
  let least = Number.POSITIVE_INFINITY;
  for (let order = 0; order < size; order += 1) {
    const i = inOrder("worst", order);
    const cash = factor * (strikes[i] ?? 0) * (right === "call" ? 1 : -1);
    const bid = (bids[i] ?? 0) + cash;
    if (bid > least + ARBITRAGE_TOLERANCE) {
      faults.push({
        row: rows[i],
        message: "a vertical spread fetches more than its width",
        value: finite(bid - cash),
        limit: finite(least - cash),
      });
    }
    least = Math.min(least, (asks[i] ?? Number.POSITIVE_INFINITY) + cash);
  }
  return faults;
}

/** Bids over the lower convex hull of the asks: a chord of two asks is a portfolio that pays no less. */
function bodiesOverHull({ strikes, bids, asks, rows }: SideQuotes): readonly PlacedFault[] {
  const hull = lowerHull(strikes, asks);
  const faults: PlacedFault[] = [];
  let segment = 0;
  for (let i = 0; i < strikes.length; i += 1) {
    const strike = strikes[i] ?? 0;
    while (segment + 2 < hull.length && strike > (strikes[hull[segment + 1] ?? 0] ?? 0)) segment += 1;
    const left = hull[segment] ?? 0;
    const right = hull[segment + 1] ?? left;
    if (i === left || i === right) continue;
    const chord = chordAt(
      strike,
      [strikes[left] ?? 0, asks[left] ?? 0],
      [strikes[right] ?? 0, asks[right] ?? 0],
    );
    const bid = bids[i] ?? 0;
    if (bid > chord + BUTTERFLY_TOLERANCE) {
      const message = `a butterfly with wings ${strikes[left]} and ${strikes[right]} pays for being held`;
      faults.push({ row: rows[i], message, value: finite(bid), limit: finite(chord) });
    }
  }
  return faults;
}

/** Places of the lower convex hull of points with ascending abscissas (Andrew 1979, the monotone chain). */
function lowerHull(x: Float64Array, y: Float64Array): readonly number[] {
  const hull: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    while (hull.length >= 2) {
      const a = hull[hull.length - 2] ?? 0;
      const b = hull[hull.length - 1] ?? 0;
      const turn =
        ((x[b] ?? 0) - (x[a] ?? 0)) * ((y[i] ?? 0) - (y[a] ?? 0)) -
        ((y[b] ?? 0) - (y[a] ?? 0)) * ((x[i] ?? 0) - (x[a] ?? 0));
      if (turn > 0) break;
      hull.pop();
    }
    hull.push(i);
  }
  return hull;
}

type Point = readonly [x: number, y: number];

function chordAt(x: number, [x1, y1]: Point, [x2, y2]: Point): number {
  return x2 === x1 ? y1 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
}

function checkCalendars(chain: QuoteChain): Outcome {
  if (chain.underlying === "VIX") return abstains("each VIX expiration is written on a future of its own");
  const dated = chain.slices.filter((slice) => fitOf(slice) !== undefined && slice.years > 0);
  if (dated.length < 2) return abstains("fewer than two expirations have a forward");
  return dated.slice(1).flatMap((far, index) => {
    const near = dated[index];
    if (near === undefined || !(far.years > near.years)) return [];
    return [
      ...calendarFaults(near.calls, far.calls, { near, far }),
      ...calendarFaults(near.puts, far.puts, { near, far }),
    ];
  });
}

/** At equal K/F the undiscounted price over F never falls with time (Gatheral and Jacquier 2014, lemma 2.1). */
function calendarFaults(
  near: SideQuotes,
  far: SideQuotes,
  slices: { readonly near: QuoteSlice; readonly far: QuoteSlice },
): readonly PlacedFault[] {
  const nearFit = fitOf(slices.near);
  const farFit = fitOf(slices.far);
  if (nearFit === undefined || farFit === undefined) return [];
  const nearUnit = nearFit.discountFactor * nearFit.forward;
  const farUnit = farFit.discountFactor * farFit.forward;
  const slack =
    CALENDAR_TOLERANCE +
    FORWARD_ERRORS * (nearFit.forwardError + farFit.forwardError) +
    CALENDAR_FORWARD_SHARE * nearFit.forward;
  const faults: PlacedFault[] = [];
  let j = 0;
  for (let i = 0; i < near.strikes.length; i += 1) {
    const moneyness = (near.strikes[i] ?? 0) / nearFit.forward;
    const isOutOfTheMoney = near.right === "call" ? moneyness >= 1 : moneyness <= 1;
    const strike = moneyness * farFit.forward;
    while (j + 2 < far.strikes.length && (far.strikes[j + 1] ?? 0) < strike) j += 1;
    const low = far.strikes[j] ?? 0;
    const high = far.strikes[j + 1] ?? 0;
    if (!isOutOfTheMoney || !(low <= strike && strike <= high)) continue;
    // A chord of asks is an upper bound: prices are convex in the strike.
    const ask = (chordAt(strike, [low, far.asks[j] ?? 0], [high, far.asks[j + 1] ?? 0]) * nearUnit) / farUnit;
    const bid = near.bids[i] ?? 0;
    if (bid <= ask + slack) continue;
    const message = `the option of ${slices.far.root} ${slices.far.expiration} at the same moneyness asks less`;
    faults.push({ row: near.rows[i], message, value: finite(bid), limit: finite(ask + slack) });
  }
  return faults;
}
