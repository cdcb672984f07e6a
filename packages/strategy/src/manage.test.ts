import { calendarDate, type Structure, strike, strikePoints } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ManagementConfig, StrategyConfig } from "./config.ts";
import type { HeldPosition } from "./held.ts";
import { manageCondors } from "./manage.ts";
import { midFills, presets } from "./presets.ts";
import { type FakeViewOptions, fakeView } from "./testing/fake-market.ts";

const seed = 1509;
const flagship = presets["flagship"] as StrategyConfig;
const monday = "2019-06-03";
const friday = "2019-06-07";

const usual: ManagementConfig = {
  onThreat: "shift",
  threatDelta: 0.45,
  threatRange: 0.25,
  stopMultiple: undefined,
  targetShare: undefined,
  shiftSessions: 8,
  maxShifts: 3,
  rollBackDelta: 0.15,
};

function rulesOf(management: Partial<ManagementConfig> = {}): StrategyConfig {
  const condor = { ...flagship.condor, sessionsToExpiration: 3 };
  return { ...flagship, condor, fills: midFills, management: { ...usual, ...management } };
}

function condor(strikes: readonly number[], expiration = friday): Structure {
  const rights = ["put", "put", "call", "call"] as const;
  const ratios = [1, -1, -1, 1];
  return {
    kind: "iron-condor",
    legs: strikes.map((at, index) => ({
      contract: {
        root: "SPXW",
        expiration: calendarDate(expiration),
        right: rights[index] ?? "put",
        strike: strike(at),
      },
      ratio: ratios[index] ?? 0,
    })),
  };
}

function held(structure: Structure, rest: Partial<HeldPosition> = {}): HeldPosition {
  return {
    purpose: { kind: "condor", tier: "balanced" },
    structure,
    quantity: 7,
    openedQuantity: 7,
    openedOn: calendarDate("2019-05-31"),
    premium: 1.5,
    ...rest,
  };
}

const calm: Partial<FakeViewOptions> = { spot: 3000, index: { volatility: 0.15, halfSpread: 0 } };

function manage(
  position: HeldPosition,
  management: Partial<ManagementConfig> = {},
  market: Partial<FakeViewOptions> = {},
) {
  const view = fakeView({ session: monday, ...calm, ...market });
  const [managed] = manageCondors(view, [position], rulesOf(management));
  if (managed === undefined) throw new Error("expected a managed condor");
  return managed;
}

// The forward is 3000, a day's expected range at VIX 14 is 0.88 %, 26 points: a quarter of it are 6.6.
const safe = held(condor([2890, 2900, 3100, 3110]));
const threatened = held(condor([2985, 2995, 3150, 3160]));

describe("manageCondors", () => {
  test("without management, without condors, or on their last day there is nothing to manage", () => {
    const view = fakeView({ session: monday });
    expect(manageCondors(view, [safe], { ...rulesOf(), management: undefined })).toEqual([]);
    const hedge = held(safe.structure, { purpose: { kind: "hedge", layer: "short" } });
    expect(manageCondors(view, [hedge], rulesOf())).toEqual([]);
    expect(manageCondors(fakeView({ session: friday }), [safe], rulesOf())).toEqual([]);
  });

  test("a condor in no danger is held, whatever the rule", () => {
    for (const onThreat of ["hold", "exit", "shift"] as const) {
      const managed = manage(safe, { onThreat });
      expect(managed).toMatchObject({ action: "hold", threatened: undefined, intents: [], tier: "balanced" });
      expect(managed.because).toMatch(
        /^costs \d\.\d\d to end and brought 1\.50: neither side is threatened$/,
      );
    }
  });

  test("a side is threatened by its delta or by its distance, the limits included", () => {
    const side = manage(threatened, { onThreat: "hold" }).threatened;
    expect(side).toMatchObject({ right: "put", short: 2995 });
    const delta = Math.abs(side?.delta ?? 0);
    expect(delta).toBeGreaterThan(0.4);
    const byDelta = (threatDelta: number) =>
      manage(threatened, { onThreat: "hold", threatDelta, threatRange: 0 }).threatened?.right;
    expect([byDelta(delta), byDelta(delta + 1e-9)]).toEqual(["put", undefined]);
    // Five points are 5 / (0.14 / √252 · 3000) = 0.189 of the day's range.
    const byRange = (threatRange: number) =>
      manage(threatened, { onThreat: "hold", threatDelta: 1, threatRange }).threatened?.right;
    expect([byRange(0.19), byRange(0.188)]).toEqual(["put", undefined]);
    const calls = held(condor([2840, 2850, 3004, 3014]));
    expect(manage(calls, { onThreat: "hold" }).threatened).toMatchObject({ right: "call", short: 3004 });
  });

  test("hold: says that it is held", () => {
    expect(manage(threatened, { onThreat: "hold" })).toMatchObject({
      action: "hold",
      because: expect.stringContaining("the put at 2995 is threatened"),
      intents: [],
    });
  });

  test("exit: ends the threatened side alone, all of it", () => {
    const { action, intents } = manage(threatened, { onThreat: "exit" });
    expect(action).toBe("exit");
    expect(intents).toHaveLength(1);
    expect(intents[0]).toMatchObject({ effect: "close", quantity: 7, purpose: { tier: "balanced" } });
    expect(
      intents[0]?.structure.legs.map(({ contract, ratio }) => [strikePoints(contract.strike), ratio]),
    ).toEqual([
      [2985, -1],
      [2995, 1],
    ]);
  });

  test("shift: ends it and sells the same width later, as far out as the credit carries", () => {
    const { action, intents, because, threatened: side } = manage(threatened);
    expect(action).toBe("shift");
    const [close, open] = intents;
    expect(close).toMatchObject({ effect: "close", quantity: 7 });
    expect(open).toMatchObject({
      effect: "open",
      follows: true,
      quantity: 7,
      purpose: { kind: "condor", tier: "balanced", shifts: 1 },
    });
    const strikes = open?.structure.legs.map(({ contract }) => strikePoints(contract.strike)) ?? [];
    const [short = 0, long = 0] = strikes;
    expect(short - long).toBe(10);
    expect(short).toBeLessThanOrEqual(2995);
    // Eight sessions from Monday: Thursday of the week after.
    expect(open?.structure.legs.every(({ contract }) => contract.expiration === "2019-06-13")).toBe(true);
    const net = (side?.exit?.net.price ?? 0) + (side?.shift?.net.price ?? 0);
    expect(net).toBeGreaterThanOrEqual(0);
    expect(because).toContain(`for a credit of ${net.toFixed(2)}`);
  });

  test("no shift: after the last one, without quotes or listing later, or where no credit pays for it", () => {
    const last = { ...threatened, purpose: { kind: "condor", tier: "balanced", shifts: 3 } as const };
    expect(manage(last).because).toMatch(/after 3 shifts: held to settlement$/);
    const has = (_: string, date: string): boolean => date === friday;
    expect(manage(threatened, {}, { has }).because).toMatch(/but no shift pays for itself: held$/);
    // Deep in the money the spread is worth its width now and less later.
    const deep = held(condor([3080, 3090, 3200, 3210]));
    expect(manage(deep).because).toMatch(/but no shift pays for itself: held$/);
    expect(manage(threatened, { shiftSessions: 3 }).because).toMatch(/no shift pays for itself/);
  });

  test("abstains where the condor or its side is not quoted", () => {
    const has = (_: string, date: string): boolean => date !== friday;
    expect(manage(threatened, {}, { has })).toMatchObject({
      action: "hold",
      because: "it is not quoted",
      costToClose: undefined,
    });
  });

  test("stop and target: exactly at the line, and the target before the stop", () => {
    const cost = manage(safe).costToClose ?? Number.NaN;
    expect(cost).toBeGreaterThan(0.1);
    const stopped = (premium: number) => manage({ ...safe, premium }, { stopMultiple: 2 }).action;
    expect([stopped(cost / 2), stopped(cost / 2 + 0.01)]).toEqual(["stop", "hold"]);
    const targeted = (premium: number) => manage({ ...safe, premium }, { targetShare: 0.5 }).action;
    expect([targeted(cost * 2), targeted(cost * 2 - 0.01)]).toEqual(["target", "hold"]);
    expect(
      manage({ ...safe, premium: cost / 2 }, { stopMultiple: 2 }).intents[0]?.structure.legs,
    ).toHaveLength(4);
  });

  test("leaves to expire what nobody bids for", () => {
    const far = held(condor([1000, 2995, 3100, 3110]));
    const { intents } = manage(far, { onThreat: "exit" }, { index: { volatility: 0.15, halfSpread: 0.02 } });
    expect(intents[0]?.structure.legs.map(({ contract }) => strikePoints(contract.strike))).toEqual([2995]);
  });

  test("never more contracts, never a net debit, never nearer than it was", () => {
    const setting = fc.record({
      spot: fc.integer({ min: 2900, max: 3100 }),
      volatility: fc.integer({ min: 8, max: 60 }).map((percent) => percent / 100),
      short: fc.integer({ min: 580, max: 600 }).map((steps) => steps * 5),
      quantity: fc.integer({ min: 1, max: 50 }),
    });
    let shifts = 0;
    fc.assert(
      fc.property(setting, ({ spot, volatility, short, quantity }) => {
        const position = held(condor([short - 10, short, short + 150, short + 160]), { quantity });
        const managed = manage(position, {}, { spot, index: { volatility, halfSpread: 0.05 } });
        for (const intent of managed.intents) expect(intent.quantity).toBe(quantity);
        if (managed.action !== "shift") return;
        shifts += 1;
        const { exit, shift, right } = managed.threatened ?? {};
        expect((exit?.net.price ?? 0) + (shift?.net.price ?? 0)).toBeGreaterThanOrEqual(-1e-9);
        const at = strikePoints(shift?.structure.legs[0]?.contract.strike ?? strike(1));
        if (right === "put") expect(at).toBeLessThanOrEqual(short);
        else expect(at).toBeGreaterThanOrEqual(short + 150);
      }),
      { seed, numRuns: 400 },
    );
    expect(shifts).toBeGreaterThan(20);
  });
});

describe("the way back", () => {
  const shifted = held(
    {
      kind: "vertical",
      legs: condor([2890, 2900, 3100, 3110], "2019-06-13").legs.filter(
        ({ contract }) => contract.right === "put",
      ),
    },
    { purpose: { kind: "condor", tier: "balanced", shifts: 1 }, premium: 4 },
  );

  test("a shifted spread out of danger is ended and sold again at the usual expiration", () => {
    const { action, intents, because } = manage(shifted, { rollBackDelta: 0.15 });
    expect(action).toBe("roll-back");
    expect(because).toMatch(
      /^the put at 2900 is out of danger, delta -0\.\d\d: back to 2019-06-06, \d\.\d\d since the shift$/,
    );
    expect(intents.map(({ effect, follows }) => [effect, follows])).toEqual([
      ["close", undefined],
      ["open", true],
    ]);
    expect(intents[1]).toMatchObject({ purpose: { shifts: 2 }, quantity: 7 });
    expect(intents[1]?.structure.legs.map(({ contract }) => strikePoints(contract.strike))).toEqual([
      2900, 2890,
    ]);
  });

  test("not above the delta, not at a debit since the shift, not where nothing nearer is quoted", () => {
    const delta = 0.05;
    expect(manage(shifted, { rollBackDelta: delta / 100 }).action).toBe("hold");
    expect(manage({ ...shifted, premium: 0.01 }).action).toBe("hold");
    const has = (_: string, date: string): boolean => date === "2019-06-13";
    expect(manage(shifted, {}, { has }).action).toBe("hold");
    expect(manage({ ...shifted, purpose: { kind: "condor", tier: "balanced" } }).action).toBe("hold");
  });
});
