import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, type Instant } from "@steward/model";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Trial, TrialLedger } from "./trials.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-trials-"));
  path = join(folder, "trials.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true }));

const flagship: Trial = {
  configuration: "aa",
  data: "dd",
  from: calendarDate("2018-01-02"),
  to: calendarDate("2018-12-31"),
  engine: "0.1.0",
  name: "flagship",
  periods: 250,
  sharpe: 0.05,
  skewness: -1.5,
  kurtosis: 12,
  firstRun: 1_700_000_000_000_000 as Instant,
};
const idle: Trial = {
  ...flagship,
  configuration: "bb",
  name: "idle",
  sharpe: undefined,
  skewness: undefined,
  kurtosis: undefined,
};

test("a ledger that is opened again holds what was added, in the order of the first runs", () => {
  const ledger = new TrialLedger(path);
  ledger.add([idle]);
  ledger.add([{ ...flagship, firstRun: (idle.firstRun - 1) as Instant }]);
  ledger.close();
  const again = new TrialLedger(path);
  expect(again.all()).toEqual([{ ...flagship, firstRun: idle.firstRun - 1 }, idle]);
  again.close();
});

test("the same trial counts once and keeps its first run; other rules, data, range or engine are another trial", () => {
  const ledger = new TrialLedger(path);
  ledger.add([flagship, flagship]);
  ledger.add([{ ...flagship, firstRun: (flagship.firstRun + 1) as Instant, sharpe: 9 }]);
  expect(ledger.all()).toEqual([flagship]);
  ledger.add([
    { ...flagship, configuration: "cc" },
    { ...flagship, data: "ee" },
    { ...flagship, from: calendarDate("2018-01-03") },
    { ...flagship, to: calendarDate("2018-12-28") },
    { ...flagship, engine: "0.2.0" },
  ]);
  expect(ledger.all()).toHaveLength(6);
  ledger.close();
});

test("two processes may add at a time", () => {
  const one = new TrialLedger(path);
  const other = new TrialLedger(path);
  one.add([flagship]);
  other.add([idle]);
  expect(one.all()).toEqual(other.all());
  expect(one.all()).toHaveLength(2);
  one.close();
  other.close();
});

test("a file that is no ledger is not made one", () => {
  writeFileSync(path, "not a database, and long enough to be looked at as one");
  expect(() => new TrialLedger(path)).toThrow("not a database");
});
