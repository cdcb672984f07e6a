import { addDays, calendarDate, type EventFact, instantAt } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventCalendar } from "./event-calendar.ts";

const seed = 1509;
const told = (date: string, time = "08:00") => instantAt(calendarDate(date), time, "America/New_York");

interface Told {
  readonly on: string;
  readonly date: string;
  readonly reference?: string;
  readonly status?: EventFact["status"];
  readonly kind?: string;
}

function fact({ on, date, reference = "2025-10", status = "scheduled", kind = "cpi" }: Told): EventFact {
  const known = told(on);
  return { kind, reference, date: calendarDate(date), status, occurredAt: known, knownAt: known };
}

// The release of October 2025: planned, moved, cancelled.
const story = [
  fact({ on: "2025-01-02", date: "2025-11-13" }),
  fact({ on: "2025-10-10", date: "2025-11-20" }),
  fact({ on: "2025-11-21", date: "2025-11-20", status: "cancelled" }),
];

function datesKnown(facts: readonly EventFact[], on: string): readonly string[] {
  const span = { after: calendarDate("2025-11-01"), until: calendarDate("2025-11-30"), asOf: told(on) };
  return eventCalendar(facts)
    .within(span)
    .map(({ date }) => date);
}

describe("eventCalendar", () => {
  test("an event is where it was last told to be, whatever the order of the facts", () => {
    for (const facts of [story, story.toReversed()]) {
      expect(datesKnown(facts, "2025-01-01")).toEqual([]);
      expect(datesKnown(facts, "2025-01-02")).toEqual(["2025-11-13"]);
      expect(datesKnown(facts, "2025-10-09")).toEqual(["2025-11-13"]);
      expect(datesKnown(facts, "2025-10-10")).toEqual(["2025-11-20"]);
      expect(datesKnown(facts, "2025-11-21")).toEqual([]);
    }
  });

  test("an event that moves away and back is on its first date again", () => {
    const back = [...story.slice(0, 2), fact({ on: "2025-10-20", date: "2025-11-13" })];
    expect(datesKnown(back, "2025-10-15")).toEqual(["2025-11-20"]);
    expect(datesKnown(back, "2025-10-20")).toEqual(["2025-11-13"]);
  });

  test("the span leaves out its first day and takes its last", () => {
    const calendar = eventCalendar(story);
    const within = (after: string, until: string) =>
      calendar.within({
        after: calendarDate(after),
        until: calendarDate(until),
        asOf: told("2025-02-01"),
      });
    expect(within("2025-11-12", "2025-11-13")).toHaveLength(1);
    expect(within("2025-11-13", "2025-11-14")).toEqual([]);
  });

  test("reaches as far as was told at the instant, kind by kind", () => {
    const calendar = eventCalendar([...story, fact({ on: "2025-03-01", date: "2025-03-19", kind: "fomc" })]);
    expect(calendar.reach("cpi", told("2025-01-01"))).toBeUndefined();
    expect(calendar.reach("cpi", told("2025-01-02"))).toBe("2025-11-13");
    expect(calendar.reach("cpi", told("2026-01-02"))).toBe("2025-11-20");
    expect(calendar.reach("fomc", told("2025-02-28"))).toBeUndefined();
    expect(calendar.reach("fomc", told("2025-03-01"))).toBe("2025-03-19");
    expect(calendar.reach("jobs", told("2026-01-02"))).toBeUndefined();
  });

  test("nothing told later shows: facts of the future change no answer", () => {
    const start = calendarDate("2020-01-01");
    const facts = fc.array(
      fc.tuple(fc.nat(40), fc.nat(60), fc.nat(3), fc.boolean()).map(([on, date, reference, isScheduled]) =>
        fact({
          on: addDays(start, on),
          date: addDays(start, date),
          reference: `${reference}`,
          status: isScheduled ? "scheduled" : "cancelled",
        }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(facts, fc.nat(40), (all, day) => {
        const asOf = told(addDays(start, day));
        const known = all.filter(({ knownAt }) => knownAt <= asOf);
        const span = { after: start, until: addDays(start, 61), asOf };
        expect(eventCalendar(all).within(span)).toEqual(eventCalendar(known).within(span));
        expect(eventCalendar(all).reach("cpi", asOf)).toBe(eventCalendar(known).reach("cpi", asOf));
      }),
      { seed, numRuns: 2000 },
    );
  });
});
