import { type CalendarDate, calendarDate } from "@steward/model";
import { describe, expect, it } from "vitest";
import { effectiveSessions, indexHorizon } from "./variance-clock.ts";

const on = calendarDate;
const spans = (from: string, to: string, fixing: "am" | "pm" = "pm", hoursLeft = 0): number =>
  effectiveSessions({ from: on(from), to: on(to), fixing, hoursLeft });

describe("the variance clock", () => {
  it("counts a session as one and a closed day as 0.12", () => {
    expect(spans("2019-06-03", "2019-06-04")).toBe(1);
    expect(spans("2019-06-07", "2019-06-10")).toBeCloseTo(1.24, 12);
    expect(spans("2019-07-03", "2019-07-05")).toBeCloseTo(1.12, 12);
  });

  it("ends an AM expiration at its open, and starts at the quote's hour", () => {
    expect(spans("2019-06-03", "2019-06-21", "am")).toBeCloseTo(14.48 - 0.73, 12);
    expect(spans("2019-06-03", "2019-06-04", "pm", 6.5)).toBeCloseTo(1.73, 12);
    expect(spans("2019-06-03", "2019-06-04", "pm", 3.25)).toBeCloseTo(1.365, 12);
    expect(spans("2019-06-03", "2019-06-03")).toBe(0.02);
  });

  it("counts a closure that was not known yet as a session", () => {
    expect(spans("2001-09-10", "2001-09-14")).toBe(4);
    expect(spans("2001-09-17", "2001-09-21")).toBe(4);
    expect(spans("2012-10-26", "2012-10-29")).toBeCloseTo(1.24, 12);
    expect(spans("2018-11-30", "2018-12-07")).toBeCloseTo(5.24, 12);
    expect(spans("2018-12-03", "2018-12-07")).toBeCloseTo(3.12, 12);
    expect(spans("2021-12-20", "2022-06-21")).toBe(
      spans("2022-01-03", "2022-06-21") + spans("2021-12-20", "2022-01-03") + 0.88,
    );
  });

  // Published reference values, to the digits given.
  it.each([
    [9, 7.742857],
    [30, 22.834286],
    [93, 69.114286],
    [182, 134.605714],
  ])("puts a %i-day index %f sessions out on 2019-06-03", (days, sessions) => {
    expect(indexHorizon(on("2019-06-03"), days)).toBeCloseTo(sessions, 6);
  });

  it("moves forward with the date of expiration", () => {
    let previous = 0;
    for (const day of [
      "2019-06-04",
      "2019-06-05",
      "2019-06-10",
      "2019-07-05",
      "2019-12-31",
    ] as CalendarDate[]) {
      const sessions = spans("2019-06-03", day);
      expect(sessions).toBeGreaterThan(previous);
      previous = sessions;
    }
  });
});
