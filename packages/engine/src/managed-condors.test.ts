import { calendarDate, strikePoints, toModel } from "@steward/model";
import { midFills, type StrategyConfig } from "@steward/strategy";
import { expect, test } from "vitest";
import type { LedgerEvent } from "./events.ts";
import { quoteVenue } from "./execution.ts";
import { openAccount, runSessions } from "./kernel.ts";
import { purposeName, replay } from "./ledger.ts";
import type { Venue } from "./ports.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const [tier] = easyRules.condor.tiers;
const rules: StrategyConfig = {
  ...easyRules,
  condor: { ...easyRules.condor, sessionsToExpiration: 3, tiers: tier === undefined ? [] : [tier] },
  events: { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" },
  hedge: undefined,
  fills: midFills,
  management: {
    onThreat: "shift",
    threatDelta: 0.45,
    threatRange: 0.25,
    stopMultiple: undefined,
    targetShare: undefined,
    shiftSessions: 8,
    maxShifts: 3,
    rollBackDelta: 0.15,
  },
};

/** A sale on the first day, then a VIX that lets no other through: a fall, and a way back. */
const spots = [3000, 2942, 3030, 3030, 3030, 3030];
const market = fakeMarket({
  from: "2019-06-03",
  to: "2019-06-20",
  day: (index) => ({
    spot: spots[index] ?? 3030,
    vix: index === 0 ? 14 : 30,
    index: { volatility: 0.14, halfSpread: 0 },
  }),
});

const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-06-20") };

function fillsOf(events: readonly LedgerEvent[]) {
  return events.flatMap((event) => {
    if (event.kind !== "fill") return [];
    const legs = event.intent.structure.legs.map(
      ({ contract, ratio }) =>
        `${ratio} ${contract.right} ${strikePoints(contract.strike)} ${contract.expiration.slice(5)}`,
    );
    return [
      [event.session, purposeName(event.intent.purpose), legs.join(", "), toModel(event.premium)] as const,
    ];
  });
}

test("a time-shift and back, worked by hand", () => {
  const account = openAccount({ config: rules, startEquity: dollars(1_000_000) });
  runSessions(market, rules, range, [account]);
  const { journal, roundTrips, ledger } = account.run();
  // 32 condors for 0.85: 32 × 0.85 × 100 = 2,720. A day later the puts cost 4.10 to end, −13,120, and the same width a step
  // farther and six sessions later brings 4.40, 14,080: a credit of 0.30. The index comes back: the shifted spread costs 0.65, −2,080,
  // and at the usual expiration it brings 0.20, 640, so that 4.40 − 0.65 + 0.20 = 3.95 are left of the shift.
  expect(fillsOf(journal)).toEqual([
    [
      "2019-06-03",
      "condor:conservative",
      "1 put 2930 06-06, -1 put 2940 06-06, -1 call 3060 06-06, 1 call 3070 06-06",
      2720,
    ],
    ["2019-06-04", "condor:conservative", "-1 put 2930 06-06, 1 put 2940 06-06", -13_120],
    ["2019-06-04", "condor:conservative:shift1", "-1 put 2935 06-14, 1 put 2925 06-14", 14_080],
    ["2019-06-05", "condor:conservative:shift1", "1 put 2935 06-14, -1 put 2925 06-14", -2080],
    ["2019-06-05", "condor:conservative:shift2", "-1 put 2935 06-10, 1 put 2925 06-10", 640],
  ]);
  // Everything left expires worthless. 2,720 − 13,120 + 14,080 − 2,080 + 640 = 2,240, that is 0.70 for each of 32 condors.
  const fees = roundTrips.reduce((sum, trip) => sum + trip.fees, 0);
  expect(ledger.balances.cash).toBe(dollars(1_002_240) + fees);
  expect(ledger.lots).toEqual([]);
  expect(
    roundTrips.map(({ purpose, how, result }) => [purposeName(purpose), how, toModel(result) > 0]),
  ).toEqual([
    ["condor:conservative:shift1", "closed", true],
    ["condor:conservative", "settled", false],
    ["condor:conservative:shift2", "settled", true],
  ]);
  expect(replay(dollars(1_000_000), journal).ledger).toEqual(ledger);
});

test("the second leg of a roll is not given where the first was refused", () => {
  const quotes = quoteVenue(midFills);
  const venue: Venue = {
    execute: (held, intent, view) =>
      intent.effect === "close"
        ? { kind: "reject", intent, rejection: { kind: "not-quoted" } }
        : quotes.execute(held, intent, view),
  };
  const account = openAccount({ config: rules, startEquity: dollars(1_000_000), venue });
  runSessions(market, rules, { ...range, to: calendarDate("2019-06-04") }, [account]);
  const { journal, ledger } = account.run();
  expect(journal.flatMap((event) => (event.kind === "reject" ? [event.rejection.kind] : []))).toEqual([
    "not-quoted",
    "not-led",
  ]);
  expect(ledger.lots).toHaveLength(1);
});

test("held condors have no management, and their account is what it was", () => {
  const held = openAccount({ config: { ...rules, management: undefined }, startEquity: dollars(1_000_000) });
  runSessions(market, rules, range, [held]);
  const { rows, journal } = held.run();
  expect(rows.every(({ decision }) => decision.management.length === 0)).toBe(true);
  expect(fillsOf(journal)).toHaveLength(1);
});
