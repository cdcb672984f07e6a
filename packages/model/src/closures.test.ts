import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addDays, type CalendarDate, calendarDate } from "./calendar-date.ts";
import {
  type Closure,
  closureOf,
  type EarlyClose,
  earlyCloseOf,
  irregularSessionOf,
  specialClosures,
} from "./closures.ts";
import { InvariantError } from "./invariant.ts";

interface CalendarFacts {
  readonly full_closures: readonly { date: string; name: string; kind: string; known_on?: string }[];
  readonly early_closes: readonly { date: string; equity_close_et: string; reason: string }[];
  readonly irregular_sessions: readonly { date: string }[];
  readonly not_early_closes_often_mistaken: readonly { date: string }[];
}

const factsFile = new URL("../../../../shared/reference/facts/calendar.json", import.meta.url);

function readFacts(): CalendarFacts | undefined {
  return existsSync(factsFile) ? JSON.parse(readFileSync(factsFile, "utf8")) : undefined;
}

function everyDate(from: string, to: string): readonly CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let date = calendarDate(from); date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function defined<Found>(values: readonly (Found | undefined)[]): readonly Found[] {
  return values.filter((value) => value !== undefined);
}

describe("closures", () => {
  test.each([
    ["1994-04-27", "Day of mourning: Richard Nixon"],
    ["1998-01-19", "Martin Luther King Jr. Day"],
    ["2000-04-21", "Good Friday"],
    ["2008-03-21", "Good Friday"],
    ["2011-04-22", "Good Friday"],
    ["2024-03-29", "Good Friday"],
    ["2030-04-19", "Good Friday"],
    ["2012-01-02", "New Year's Day (observed Monday)"],
    ["2021-12-24", "Christmas Day (observed)"],
    ["2022-06-20", "Juneteenth (observed)"],
    ["2024-06-19", "Juneteenth"],
    ["2027-06-18", "Juneteenth (observed)"],
    ["2026-07-03", "Independence Day (observed)"],
    ["2027-07-05", "Independence Day (observed)"],
    ["2024-05-27", "Memorial Day"],
    ["2021-05-31", "Memorial Day"],
  ])("%s is %s", (date, name) => {
    expect(closureOf(calendarDate(date))?.name).toBe(name);
  });

  test.each([
    ["1997-01-20", "Martin Luther King's birthday is kept from 1998"],
    ["2021-06-18", "Juneteenth is kept from 2022"],
    ["1999-12-31", "a New Year's Day on Saturday is not kept"],
    ["2010-12-31", "a New Year's Day on Saturday is not kept"],
    ["2021-12-31", "a New Year's Day on Saturday is not kept"],
    ["2027-12-31", "a New Year's Day on Saturday is not kept"],
    ["2025-04-21", "Easter Monday is a session"],
    ["2025-11-11", "Veterans Day is a session"],
  ])("%s is open: %s", (date) => {
    expect(closureOf(calendarDate(date))).toBeUndefined();
  });

  test("who plans learns of special closures on their evening, and of Juneteenth once it was decided", () => {
    expect(closureOf(calendarDate("2025-01-09"))).toMatchObject({ kind: "special", knownOn: "2024-12-30" });
    expect(closureOf(calendarDate("2001-09-13"))).toMatchObject({ kind: "special", knownOn: "2001-09-12" });
    expect(closureOf(calendarDate("2022-06-20"))).toMatchObject({ kind: "regular", knownOn: "2021-12-27" });
    expect(closureOf(calendarDate("2025-12-25"))).toMatchObject({ kind: "regular", knownOn: "1990-01-01" });
    expect(specialClosures.every(({ date, knownOn }) => knownOn <= date)).toBe(true);
  });

  test("years outside the calendar are a bug", () => {
    expect(() => closureOf(calendarDate("1989-12-25"))).toThrow(InvariantError);
    expect(() => closureOf(calendarDate("2032-01-01"))).toThrow(InvariantError);
    expect(() => earlyCloseOf(calendarDate("2032-11-26"))).toThrow(InvariantError);
  });
});

describe("early closes", () => {
  test.each([
    ["1990-12-24", "14:00"],
    ["1992-11-27", "14:00"],
    ["1993-11-26", "13:00"],
    ["1995-07-03", "13:00"],
    ["1996-07-05", "13:00"],
    ["1997-12-26", "13:00"],
    ["1999-12-31", "13:00"],
    ["2002-07-05", "13:00"],
    ["2013-07-03", "13:00"],
    ["2023-11-24", "13:00"],
    ["2024-12-24", "13:00"],
    ["2026-12-24", "13:00"],
  ])("%s closes at %s", (date, closesAt) => {
    expect(earlyCloseOf(calendarDate(date))?.closesAt).toBe(closesAt);
  });

  test.each([
    "1990-11-23",
    "1991-07-05",
    "1990-07-03",
    "1996-07-03",
    "2002-07-03",
    "2013-07-05",
    "2008-12-26",
    "2014-12-26",
    "2021-12-23",
    "2026-07-02",
    "2025-11-21",
  ])("%s is a full session", (date) => {
    expect(earlyCloseOf(calendarDate(date))).toBeUndefined();
  });
});

test("irregular sessions are on record", () => {
  expect(irregularSessionOf(calendarDate("2020-03-18"))?.what).toContain("09:45");
  expect(irregularSessionOf(calendarDate("2020-03-17"))).toBeUndefined();
});

describe("against the collected facts", () => {
  test("every closure from 1990 to 2027 has its date, name and kind, and special ones their evening", ({
    skip,
  }) => {
    const facts = readFacts() ?? skip("reference facts are not here");
    const ours = defined<Closure>(everyDate("1990-01-01", "2027-12-31").map(closureOf));
    expect(
      ours.map(({ date, name, kind, knownOn }) =>
        kind === "special" ? { date, name, kind, knownOn } : { date, name, kind },
      ),
    ).toEqual(
      facts.full_closures.map(({ date, name, kind, known_on }) =>
        kind === "special" ? { date, name, kind, knownOn: known_on } : { date, name, kind },
      ),
    );
  });

  test("every early close from 1990 to 2027 has its date, reason and hour", ({ skip }) => {
    const facts = readFacts() ?? skip("reference facts are not here");
    const open = everyDate("1990-01-01", "2027-12-31").filter((date) => closureOf(date) === undefined);
    const ours = defined<EarlyClose>(open.map(earlyCloseOf));
    expect(ours.map(({ date, closesAt }) => [date, closesAt])).toEqual(
      facts.early_closes.map((row) => [row.date, row.equity_close_et]),
    );
    const renamed = new Map([["New Year eve 1999", "New Year's Eve 1999"]]);
    expect(ours.map(({ name }) => name)).toEqual(
      facts.early_closes.map(({ reason }) => renamed.get(reason) ?? reason),
    );
  });

  test("irregular sessions are the same, and days often taken for early closes are full", ({ skip }) => {
    const facts = readFacts() ?? skip("reference facts are not here");
    const ours = everyDate("1990-01-01", "2027-12-31").filter(
      (date) => irregularSessionOf(date) !== undefined,
    );
    expect(ours).toEqual(facts.irregular_sessions.map(({ date }) => date).sort());
    for (const { date } of facts.not_early_closes_often_mistaken) {
      expect(closureOf(calendarDate(date)) ?? earlyCloseOf(calendarDate(date))).toBeUndefined();
    }
  });
});
