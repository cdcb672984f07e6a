import type { CalendarDate } from "@steward/model";
import { describe, expect, test } from "vitest";
import { impliedRoot, parseOptionKey, parseRight, plainSymbol, underlyingOf } from "./option-roots.ts";

describe("keys of options", () => {
  test.each([
    ["SPXW230915C04500000", "SPXW", "2023-09-15", "call", 4500],
    ["SPX   110122P00200000", "SPX", "2011-01-22", "put", 200],
    ["BRK.B 240119C00347500", "BRK.B", "2024-01-19", "call", 347.5],
    ["SPY1230915C00004125", "SPY1", "2023-09-15", "call", 4.125],
    ["VIX991215C00020000", "VIX", "1999-12-15", "call", 20],
  ])("%s", (text, root, expiration, right, strike) => {
    expect(parseOptionKey(text)).toEqual({ root, expiration, right, strike });
  });

  test.each([
    ...["", "SPX", "SPX230915X04500000", "SPX230931C04500000", "SPX230915C4500000", "230915C04500000"],
    ...["TOOLONG230915C04500000", "spx230915C04500000", " SPX230915C04500000", "SPX230915C04500000 "],
  ])("%j is none", (text) => {
    expect(parseOptionKey(text)).toBeUndefined();
  });
});

test("rights are a letter or a word", () => {
  expect(["c", "C", "call", "CALL", "P", "put"].map(parseRight)).toEqual([
    ...["call", "call", "call", "call", "put", "put"],
  ]);
  expect(["", "x", "calls"].map(parseRight)).toEqual([undefined, undefined, undefined]);
});

test("symbols lose the ornaments of indices, and roots belong to underlyings", () => {
  expect(["^SPX", "_VIX", "$SPX", "SPX", "$SPX.X", "spy"].map(plainSymbol)).toEqual([
    ...["SPX", "VIX", "SPX", "SPX", "SPX", "SPY"],
  ]);
  expect(["SPX", "SPXW", "SPXPM", "VIXW", "SPY", "UNKNWN"].map(underlyingOf)).toEqual([
    ...["SPX", "SPX", "SPX", "VIX", "SPY", "UNKNWN"],
  ]);
});

describe("the root of an SPX expiration", () => {
  test.each([
    ["2010-06-18", undefined, "SPX", false],
    ["2017-04-21", undefined, "SPX", false],
    ["2017-05-19", undefined, "SPX", true],
    ["2023-09-15", undefined, "SPX", true],
    ["2023-09-15", "am", "SPX", false],
    ["2023-09-15", "pm", "SPXW", false],
    ["2023-09-14", undefined, "SPXW", false],
    ["2022-04-14", undefined, "SPX", true],
  ] as const)("%s, told %s, is %s", (date, settlement, root, isDoubtful) => {
    const implied = impliedRoot("SPX", date as CalendarDate, settlement);
    expect(implied.root).toBe(root);
    expect(implied.doubt !== undefined).toBe(isDoubtful);
  });
});
