import { calendarDate, type Instant, instantAt, wallClock } from "@steward/model";
import { describe, expect, it } from "vitest";
import { lastDue, nextDue, recordingsOn, type Schedule } from "./schedule.ts";

const AT: Schedule = { kind: "at", times: ["16:00", "15:45"] };
const EVERY: Schedule = { kind: "every", minutes: 60 };
const MONDAY = "2026-11-23";

function at(date: string, time: string): Instant {
  return instantAt(calendarDate(date), time, "America/New_York");
}

function timesOn(date: string, schedule: Schedule): readonly string[] {
  return recordingsOn(calendarDate(date), schedule).map((instant) =>
    wallClock(instant, "America/New_York").time.slice(0, 5),
  );
}

describe("the recordings of a date", () => {
  it("stand in order", () => {
    expect(timesOn(MONDAY, AT)).toEqual(["15:45", "16:00"]);
  });

  it("begin when the opening can be seen and end with the close of the options", () => {
    expect(timesOn(MONDAY, EVERY)).toEqual([
      "09:45",
      "10:45",
      "11:45",
      "12:45",
      "13:45",
      "14:45",
      "15:45",
      "16:30",
    ]);
    expect(timesOn(MONDAY, { kind: "every", minutes: 405 })).toEqual(["09:45", "16:30"]);
  });

  it("are over early on a half day, and none is lost", () => {
    // The Friday after Thanksgiving closes at 13:00, its options at 13:15.
    expect(timesOn("2026-11-27", AT)).toEqual(["13:30"]);
    expect(timesOn("2026-11-27", EVERY).at(-1)).toBe("13:30");
    expect(timesOn("2026-11-27", { kind: "at", times: ["11:00", "15:45"] })).toEqual(["11:00", "13:30"]);
  });

  it.each(["2026-11-26", "2026-11-28"])("are none on %s", (date) => {
    expect(timesOn(date, AT)).toEqual([]);
  });
});

describe("a recording is due", () => {
  it("once its time has come, and not again", () => {
    const due = (after: string, upTo: string): Instant | undefined =>
      lastDue(AT, { after: at(MONDAY, after), upTo: at(MONDAY, upTo) });
    expect(due("15:44", "15:44")).toBeUndefined();
    expect(due("15:44", "15:45")).toBe(at(MONDAY, "15:45"));
    expect(due("15:45", "15:46")).toBeUndefined();
    expect(due("15:44", "16:10")).toBe(at(MONDAY, "16:00"));
    expect(due("16:10", "15:50")).toBeUndefined();
  });

  it("after a long sleep, the last one alone", () => {
    expect(lastDue(AT, { after: at("2026-11-02", "12:00"), upTo: at("2026-11-24", "08:00") })).toBe(
      at(MONDAY, "16:00"),
    );
    expect(
      lastDue(AT, { after: at("2026-11-02", "12:00"), upTo: at("2026-11-22", "08:00") }),
    ).toBeUndefined();
  });

  it("next on the same day, or the next session", () => {
    expect(nextDue(AT, at(MONDAY, "10:00"))).toBe(at(MONDAY, "15:45"));
    expect(nextDue(AT, at(MONDAY, "16:00"))).toBe(at("2026-11-24", "15:45"));
    expect(nextDue(AT, at("2026-11-25", "20:00"))).toBe(at("2026-11-27", "13:30"));
  });

  it("at the same time on the wall when daylight saving begins", () => {
    expect((nextDue(AT, at("2026-03-06", "17:00")) ?? 0) - at("2026-03-06", "15:45")).toBe(
      71 * 3_600_000_000,
    );
  });
});
