import { calendarDate, strikePoints, toModel } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { expect, test } from "vitest";
import { openAccount, runSessions } from "./kernel.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const range = { from: calendarDate("2019-06-10"), to: calendarDate("2019-07-09") };
/** The short layer alone: calls of thirty days, rolled at nine. */
const config: StrategyConfig = {
  ...easyRules,
  condor: { ...easyRules.condor, tiers: [] },
  hedge: easyRules.hedge && {
    ...easyRules.hedge,
    layers: [{ name: "short", days: 30, contracts: 4, rollDays: 9 }],
  },
};
/** VIX futures stand at 14 and a twentieth for each day, so that time alone takes from what is held. */
const market = fakeMarket({
  ...range,
  day: () => ({ vix: 14, vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8 }) }),
});

test("a cycle of the layered hedge, from its opening through its roll, worked by hand", () => {
  const account = openAccount({ config, startEquity: dollars(1_000_000) });
  runSessions(market, config, range, [account]);
  const { rows, roundTrips, journal } = account.run();

  // Two units, of four calls each. On 10 June those of 17 July have 37 days: their future stands at 15.85, and with
  // 0.8 x sqrt(37 / 365) = 0.2547 a call at 16 has a delta of 0.536, one at 17 of 0.441. It is worth 1.54, quoted 1.45 to 1.60 on
  // ticks of five cents; three quarters of the half-spread beyond the middle is 1.581, so 1.60. On 8 July nine days are left: 14.45,
  // 0.1256, worth 0.225, quoted 0.15 to 0.30, less is 0.169, so 0.15. Those of 21 August have 44 days then: 16.20, 0.2778, deltas of
  // 0.573 at 16 and 0.486 at 17, worth 1.461, quoted 1.40 to 1.55, more is 1.531, so 1.55.
  const orders = journal.flatMap((event) => {
    if (event.kind !== "fill") throw new Error(`expected fills alone, found ${event.kind}`);
    const [leg] = event.intent.structure.legs;
    const contract = leg?.contract;
    const { effect, quantity } = event.intent;
    return [
      [
        event.session,
        effect,
        quantity,
        contract?.expiration,
        contract && strikePoints(contract.strike),
        event.net.price,
      ],
    ];
  });
  expect(orders).toEqual([
    ["2019-06-10", "open", 8, "2019-07-17", 16, -1.6],
    ["2019-07-08", "close", 8, "2019-07-17", 16, 0.15],
    ["2019-07-08", "open", 8, "2019-08-21", 17, -1.55],
  ]);

  // What the cycle cost: 8 x 100 x (1.60 - 0.15) dollars.
  expect(
    roundTrips.map(({ closedOn, premium, exit }) => [closedOn, toModel(premium), toModel(exit)]),
  ).toEqual([["2019-07-08", -1280, 120]]);
  const actions = rows.map(({ session, decision }) => [session, decision.hedge?.layers[0]?.action]);
  expect(actions.filter(([, action]) => action !== "hold")).toEqual([
    ["2019-06-10", "open"],
    ["2019-07-08", "roll"],
  ]);
  expect(actions).toHaveLength(21);

  // Before fees: the first calls, then what their roll brought and cost; a night after it the new ones are worth 1.416 each.
  const last = rows.at(-1);
  if (last === undefined) throw new Error("there are sessions");
  const beforeFees = (cash: number) => cash - toModel(last.fees);
  expect(beforeFees(toModel(last.cash))).toBeCloseTo(1_000_000 - 1280 + 120 - 1240, 6);
  expect(toModel(last.marks.hedge)).toBeCloseTo(800 * 1.41628, 1);
  expect(toModel(last.hedgeCash)).toBeCloseTo(-2400 + toModel(last.fees), 6);
});
