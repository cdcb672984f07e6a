import { describe, expect, test } from "vitest";
import type { TierConfig } from "./config.ts";
import { initialVixGate, type VixGateState, vixGate } from "./vix-gate.ts";

const tiers: readonly TierConfig[] = [
  { name: "far", credit: 0.7, startMultiple: 1.3, vixBelow: 20 },
  { name: "near", credit: 1.6, startMultiple: 1, vixBelow: 15 },
];
const hysteresis = 0.5;

/** The verdicts of a tier over a series of readings. */
function verdicts(readings: readonly (number | undefined)[], tier = "near"): readonly string[] {
  let state: VixGateState = initialVixGate;
  return readings.map((vix) => {
    const result = vixGate(tiers, { hysteresis }, state, vix);
    state = result.state;
    return result.gates.find(({ name }) => name === `vix:${tier}`)?.verdict ?? "none";
  });
}

describe("vixGate", () => {
  test("opens every tier below its own line, in the order of the tiers", () => {
    const { gates, state } = vixGate(tiers, { hysteresis }, initialVixGate, 16);
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
    expect(state).toEqual({ open: { far: true, near: false } });
  });

  test("closes exactly at the line", () => {
    expect(verdicts([14.999999, 15])).toEqual(["pass", "block"]);
  });

  test("opens again only below the line less the hysteresis, and says so", () => {
    expect(verdicts([15, 14.9, 14.5, 14.499999, 14.9])).toEqual(["block", "block", "block", "pass", "pass"]);
    const closed = { open: { near: false } };
    const { gates } = vixGate(tiers.slice(1), { hysteresis }, closed, 14.7);
    expect(gates[0]).toMatchObject({
      verdict: "block",
      threshold: 14.5,
      because: "VIX 14.70 is not below 14.50 (the line to open again)",
    });
    expect(vixGate(tiers.slice(1), { hysteresis }, closed, 14).gates[0]?.because).toBe(
      "VIX 14.00 is below 14.50 (the line to open again)",
    );
  });

  test("without hysteresis the line alone decides", () => {
    const closed = { open: { far: false, near: false } };
    const { gates } = vixGate(tiers, { hysteresis: 0 }, closed, 14.99);
    expect(gates.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });

  test("abstains while VIX is not known and keeps what was open and what was closed", () => {
    const before = { open: { far: true, near: false } };
    const { gates, state } = vixGate(tiers, { hysteresis }, before, undefined);
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
    expect(vixGate(tiers, { hysteresis }, { open: { near: false } }, 19.8).state.open).toEqual({
      far: true,
      near: false,
    });
  });
});
