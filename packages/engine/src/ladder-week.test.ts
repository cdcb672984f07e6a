import { calendarDate, strikePoints, toModel } from "@steward/model";
import { type StrategyConfig, usualSecondEngine } from "@steward/strategy";
import { expect, test } from "vitest";
import type { FillEvent } from "./events.ts";
import { runSessions } from "./kernel.ts";
import { openSleeve } from "./sleeve.ts";
import { fakeMarket } from "./testing/fake-market.ts";
import { easyRules } from "./testing/rules.ts";
import { dollars } from "./testing/structures.ts";

const config: StrategyConfig = {
  ...easyRules,
  secondEngine: {
    ...usualSecondEngine,
    structure: "harvest-ladder",
    gates: { ...usualSecondEngine.gates, events: "ignore" },
    readings: { contango: 1, "rsi-divergence": 0, "rsi-cash": 0, macd: 0 },
    minGroups: 1,
  },
};
/** The index stands at 3000 until Thursday, and closes on Friday at 2965. */
const market = fakeMarket({
  from: "2019-06-03",
  to: "2019-06-07",
  day: (index) => ({
    spot: index === 4 ? 2965 : 3000,
    vix: 14,
    vixChain: (days) => ({ forward: 14 + days / 20, volatility: 0.8 }),
  }),
});

test("a week of the harvest ladder, worked by hand", () => {
  const sleeve = openSleeve({ config, startEquity: dollars(1_000_000) });
  if (sleeve === undefined) throw new Error("a second engine is configured");
  const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-06-07") };
  runSessions(market, config, range, [sleeve]);
  const { rows, roundTrips, journal } = sleeve.run();

  // Monday sells all rungs; each is sold again on the evening on which it has settled. A quarter of 10 % of 250,000 is 6,250, and
  // one condor of 25 points loses between 21 and 24: two of each.
  const sales = journal.flatMap((event) =>
    event.kind === "fill" && event.intent.purpose.kind === "sleeve" && event.session < "2019-06-07"
      ? [[event.session, event.intent.purpose.rung, event.intent.quantity, strikesOf(event), event.net.price]]
      : [],
  );
  expect(sales).toEqual([
    ["2019-06-03", "harvest-1", 2, "2945/2970/3030/3055", 1.45],
    ["2019-06-03", "harvest-3", 2, "2925/2950/3050/3075", 2.45],
    ["2019-06-03", "harvest-7", 2, "2890/2915/3085/3110", 3.3],
    ["2019-06-03", "harvest-21", 2, "2830/2855/3160/3185", 3.95],
    ["2019-06-04", "harvest-1", 2, "2945/2970/3030/3055", 1.45],
    ["2019-06-05", "harvest-1", 2, "2945/2970/3030/3055", 1.45],
    ["2019-06-06", "harvest-1", 2, "2945/2970/3030/3055", 1.45],
    ["2019-06-06", "harvest-3", 2, "2915/2940/3065/3090", 3.1],
  ]);

  // Five have settled: three of 2 x 145 dollars and one of 2 x 245 worthless; Thursday's put at 2970 owes five points, 2 x 500.
  const settled = roundTrips.map(({ closedOn, premium, exit }) => [
    closedOn,
    toModel(premium),
    toModel(exit),
  ]);
  expect(settled).toEqual([
    ["2019-06-04", 290, 0],
    ["2019-06-05", 290, 0],
    ["2019-06-06", 490, 0],
    ["2019-06-06", 290, 0],
    ["2019-06-07", 290, -1000],
  ]);

  // On Thursday evening 2 x (4 x 145 + 245 + 330 + 395 + 310) dollars had come in; nothing but fees and the put went out.
  const [monday, , , thursday, friday] = rows;
  const cash = (row: typeof monday) => toModel(row?.cash ?? dollars(0)) - toModel(row?.fees ?? dollars(0));
  expect(cash(monday)).toBeCloseTo(250_000 + 2 * (145 + 245 + 330 + 395), 6);
  expect(cash(thursday)).toBeCloseTo(250_000 + 2 * 1860, 6);
  const soldOnFriday = journal.find(({ kind, session }) => kind === "fill" && session === "2019-06-07");
  const brought = soldOnFriday?.kind === "fill" ? toModel(soldOnFriday.premium) : Number.NaN;
  expect(cash(friday)).toBeCloseTo(250_000 + 3720 - 1000 + brought, 6);
  expect(friday?.decision.secondEngine?.orders.map(({ rung }) => rung)).toEqual(["harvest-1"]);
});

function strikesOf({ intent }: FillEvent): string {
  return intent.structure.legs.map(({ contract }) => strikePoints(contract.strike)).join("/");
}
