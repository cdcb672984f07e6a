import { toLedger, toModel } from "@steward/model";
import { expect, it } from "vitest";
import { buyingPower } from "./buying-power.ts";

const state = (equity: number, requirement: number, cash = equity) => ({
  equity: toLedger(equity),
  requirement: toLedger(requirement),
  cash: toLedger(cash),
});

it("a margin account buys options for its excess and shares for twice as much", () => {
  const power = buyingPower({ ...state(50_000, 32_000), kind: "margin" });
  expect([power.excess, power.options, power.shares].map(toModel)).toEqual([18_000, 18_000, 36_000]);
  expect(power.meetsMinimum).toBe(true);
});

it("a call for margin leaves nothing, and shows how much is missing", () => {
  const power = buyingPower({ ...state(30_000, 32_000), kind: "margin" });
  expect([power.excess, power.options, power.shares].map(toModel)).toEqual([-2_000, 0, 0]);
});

it("nothing is to be had under the minimum equity", () => {
  expect(buyingPower({ ...state(1_999.99, 0), kind: "margin" })).toMatchObject({
    meetsMinimum: false,
    options: 0,
  });
  expect(buyingPower({ ...state(2_000, 0), kind: "margin" })).toMatchObject({
    meetsMinimum: true,
    options: 2_000e6,
  });
  expect(buyingPower({ ...state(99_999, 0), kind: "portfolio" }).options).toBe(0);
});

it("a cash account buys for its cash", () => {
  const power = buyingPower({ ...state(10_000, 4_000, 5_000), kind: "cash" });
  expect([power.options, power.shares].map(toModel)).toEqual([5_000, 5_000]);
});

it("portfolio margin carries shares at their stress", () => {
  expect(toModel(buyingPower({ ...state(150_000, 0), kind: "portfolio" }).shares)).toBe(1_000_000);
});
