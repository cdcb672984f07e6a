import { describe, expect, test } from "vitest";
import type { TierConfig } from "./config.ts";
import { initialVixGate, type VixGateState, vixGate } from "./vix-gate.ts";

const tiers: readonly TierConfig[] = [
  { name: "far", credit: 0.7, startMultiple: 1.3, vixBelow: 20 },
  { name: "near", credit: 1.6, startMultiple: 1, vixBelow: 15 },
];
const rules = { hysteresis: 0.5, fiveDayClause: false };

/** The verdicts of a tier over a series of readings. */
function verdicts(readings: readonly (number | undefined)[], tier = "near"): readonly string[] {
  let state: VixGateState = initialVixGate;
  return readings.map((vix) => {
    const result = vixGate(tiers, rules, state, vix);
    state = result.state;
    return result.gates.find(({ name }) => name === `vix:${tier}`)?.verdict ?? "none";
  });
}

describe("vixGate", () => {
  test("opens every tier below its own line, in the order of the tiers", () => {
    const { gates, state } = vixGate(tiers, rules, initialVixGate, 16);
    expect(gates).toEqual([
      {
        name: "vix:far",
        verdict: "pass",
        reading: 16,
        threshold: 20,
        because: "VIX 16.00 is below 20.00",
      },
      {
        name: "vix:near",
        verdict: "block",
        reading: 16,
        threshold: 15,
        because: "VIX 16.00 is not below 15.00",
      },
    ]);
    expect(state).toEqual({ open: { far: true, near: false }, recent: [16] });
  });

  test("closes exactly at the line", () => {
    expect(verdicts([14.999999, 15])).toEqual(["pass", "block"]);
  });

  test("opens again only below the line less the hysteresis, and says so", () => {
    expect(verdicts([15, 14.9, 14.5, 14.499999, 14.9])).toEqual(["block", "block", "block", "pass", "pass"]);
    const closed = { open: { near: false }, recent: [] };
    const { gates } = vixGate(tiers.slice(1), rules, closed, 14.7);
    expect(gates[0]).toMatchObject({
      verdict: "block",
      threshold: 14.5,
      because: "VIX 14.70 is not below 14.50 (the line to open again)",
    });
    expect(vixGate(tiers.slice(1), rules, closed, 14).gates[0]?.because).toBe(
      "VIX 14.00 is below 14.50 (the line to open again)",
    );
  });

  test("without hysteresis the line alone decides", () => {
    const closed = { open: { far: false, near: false }, recent: [] };
    const { gates } = vixGate(tiers, { hysteresis: 0, fiveDayClause: false }, closed, 14.99);
    expect(gates.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });

  test("abstains while VIX is not known and keeps what was open and what was closed", () => {
    const before = { open: { far: true, near: false }, recent: [] };
    const { gates, state } = vixGate(tiers, rules, before, undefined);
    expect(gates.map(({ verdict, reading, threshold }) => [verdict, reading, threshold])).toEqual([
      ["abstain", undefined, 20],
      ["abstain", undefined, 14.5],
    ]);
    expect(gates[0]?.because).toContain("126 sessions");
    expect(state).toEqual(before);
    expect(verdicts([undefined, 14.9, 15, undefined, 14.9])).toEqual([
      "abstain",
      "pass",
      "block",
      "abstain",
      "block",
    ]);
  });

  test("a tier unknown to the state counts as never closed", () => {
    expect(vixGate(tiers, rules, { open: { near: false }, recent: [] }, 19.8).state.open).toEqual({
      far: true,
      near: false,
    });
  });
});

describe("the five-day clause", () => {
  const clause = { hysteresis: 0.5, fiveDayClause: true };

  function gatesAfter(readings: readonly number[], given = clause) {
    let state: VixGateState = initialVixGate;
    let gates: ReturnType<typeof vixGate>["gates"] = [];
    for (const vix of readings) ({ state, gates } = vixGate(tiers, given, state, vix));
    return { gates, state };
  }

  test("opens every tier below the highest line and below the mean of five sessions, and says why", () => {
    const { gates } = gatesAfter([19, 19, 18.5, 18.5, 17]);
    expect(gates.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
    expect(gates[1]).toMatchObject({
      name: "vix:near",
      reading: 17,
      threshold: 18.4,
      because: "VIX 17.00 is below 20.00 and below its mean of five sessions, 18.40: every tier opens",
    });
    // The tier that is open by its own line says that.
    expect(gates[0]?.because).toBe("VIX 17.00 is below 20.00");
    expect(gatesAfter([19, 19, 18.5, 18.5, 17], rules).gates[1]?.verdict).toBe("block");
  });

  test.each([
    ["at the mean", [17, 17, 17, 17, 17]],
    ["above the mean", [16, 16, 16, 16, 17]],
    ["at the highest line", [25, 25, 25, 25, 20]],
    ["with four sessions known", [19, 19, 18, 17]],
  ])("stays away %s", (_, readings) => {
    expect(gatesAfter(readings).gates[1]?.verdict).toBe("block");
  });

  test("forgets what is older than five sessions, and remembers over one without a reading", () => {
    expect(gatesAfter([90, 16, 16, 16, 16, 16.5]).gates[1]?.verdict).toBe("block");
    const { state } = gatesAfter([19, 19, 18.5, 18.5]);
    const silent = vixGate(tiers, clause, state, undefined).state;
    expect(silent.recent).toEqual([19, 19, 18.5, 18.5]);
    expect(vixGate(tiers, clause, silent, 17).gates[1]?.verdict).toBe("pass");
  });

  test("leaves no trace: the tier's own line and hysteresis are as without it", () => {
    const readings = [19, 19, 18.5, 18.5, 17, 14.8];
    expect(gatesAfter(readings).state.open).toEqual(gatesAfter(readings, rules).state.open);
    expect(gatesAfter([...readings, 14.9]).gates[1]?.verdict).toBe("pass");
    expect(gatesAfter([...readings, 14.9], rules).gates[1]?.verdict).toBe("block");
  });
});
