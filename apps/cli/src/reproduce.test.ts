import { calendarDate, Failure, InvariantError, instantAt } from "@steward/model";
import { expect, it } from "vitest";
import { loadConfiguration } from "./config/load.ts";
import { loadMarketData } from "./market-data.ts";
import { reproducibly } from "./reproduce.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const configuration = loadConfiguration({ preset: "flagship", seed: 7 });
const data = await loadMarketData({ data: { store: false, files: {} } }, now);

function failureOf(work: () => unknown): unknown {
  try {
    return reproducibly(configuration, data, work);
  } catch (error) {
    return error;
  }
}

it("gives the result of work that holds", () => {
  expect(reproducibly(configuration, data, () => 5)).toBe(5);
});

it("a broken invariant tells its event, the account before it, and what reproduces it", () => {
  const cause = new InvariantError("cash is short", { event: { sequence: 12 }, state: { lots: [] } });
  const failure = failureOf(() => {
    throw cause;
  });
  if (!(failure instanceof Failure)) return expect.fail("expected a failure");
  expect(failure).toMatchObject({ code: "run.broken", cause });
  expect(failure.message).toMatch(/^an invariant does not hold: cash is short; .*data [0-9a-f]{16}, seed 7;/);
  expect(failure.details).toEqual({
    engine: "0.1.0",
    configuration: expect.stringMatching(/^[0-9a-f]{16}$/),
    data: data.fingerprint,
    seed: 7,
    event: { sequence: 12 },
    state: { lots: [] },
  });
});

it("leaves every other error alone", () => {
  const other = new TypeError("not ours");
  expect(
    failureOf(() => {
      throw other;
    }),
  ).toBe(other);
});
