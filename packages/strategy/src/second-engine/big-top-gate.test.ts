import { calendarDate, sessionsBetween } from "@steward/model";
import { describe, expect, test } from "vitest";
import { presets, usualSecondEngine } from "../presets.ts";
import { fakeView } from "../testing/fake-market.ts";
import { assessSecondEngine, rememberTiming } from "./assess-second-engine.ts";
import { initialTiming } from "./timing.ts";

const { flagship } = presets;
if (flagship === undefined) throw new Error("the flagship is a preset");
const sessions = sessionsBetween(calendarDate("2018-06-01"), calendarDate("2019-06-03"));

/** The gates on the last of so many sessions of a rising index, VIX at 14 but for the last. */
function gatesAfter(count: number, { bigTop = true, lastVix = 15 } = {}) {
  const sleeve = { ...usualSecondEngine, gates: { ...usualSecondEngine.gates, bigTop } };
  const views = sessions.slice(-count).map((session, index) =>
    fakeView({
      session,
      spot: 2800 + index * 2 - (index % 2),
      vix: index === count - 1 ? lastVix : 14,
      vixChain: (days) => ({ forward: 14 + days / 12 }),
    }),
  );
  const [last, ...before] = views.toReversed();
  if (last === undefined || flagship === undefined) throw new Error("there are sessions");
  const state = before.toReversed().reduce((own, view) => rememberTiming(view, sleeve, own), initialTiming);
  return assessSecondEngine(last, flagship, sleeve, state).assessment;
}
const gateOf = ({ gates }: ReturnType<typeof gatesAfter>) =>
  gates.find(({ name }) => name === "second-engine:big-top");

describe("the gate of the literal big top", () => {
  test("abstains before 200 sessions, and nothing is offered", () => {
    const early = gatesAfter(199);
    expect(gateOf(early)).toMatchObject({ verdict: "abstain", reading: undefined });
    expect(early.menu).toBeUndefined();
  });

  test("passes where all four conditions hold", () => {
    expect(gateOf(gatesAfter(200))).toMatchObject({ verdict: "pass", reading: 4, threshold: 4 });
  });

  test("blocks where one is missing, and names it", () => {
    const blocked = gatesAfter(200, { lastVix: 13 });
    expect(gateOf(blocked)).toMatchObject({ verdict: "block", reading: 3 });
    expect(gateOf(blocked)?.because).toBe("no big top: not vix-above-mean");
    expect(blocked.menu).toBeUndefined();
  });

  test("is no gate unless it is asked for, but is read all the same", () => {
    const unasked = gatesAfter(200, { bigTop: false, lastVix: 13 });
    expect(gateOf(unasked)).toBeUndefined();
    expect(unasked.bigTop).toMatchObject({ "vix-above-mean": false, "index-overbought": true });
  });
});
