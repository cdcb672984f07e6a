import { calendarDate, type Instant, instantAt, wallClock } from "@steward/model";
import { describe, expect, test } from "vitest";
import { monthByName } from "./html-page.ts";
import { PAGE_SAMPLES } from "./testing/page-samples.ts";
import { IMPORTED_AT, type Reading, readText, rulesOf } from "./testing/series-samples.ts";

/** What a sample says, read at an instant. */
function sample(format: string, importedAt = IMPORTED_AT): Promise<Reading> {
  const found = PAGE_SAMPLES.find((candidate) => candidate.format === format);
  if (found === undefined) throw new Error(`no sample of ${format}`);
  return readText(found.name, found.text, { importedAt });
}

/** Reference, date, what else is told, and when it was known in New York. */
function told({ facts }: Reading): readonly string[] {
  return facts.map(({ table, fact }) => {
    if (table !== "events") throw new Error(`expected events, found ${table}`);
    const { date, time } = wallClock(fact.knownAt, "America/New_York");
    const more = [fact.status === "cancelled" ? "cancelled" : "", fact.note ?? ""].join("");
    return `${fact.kind} ${fact.reference} ${fact.date} ${more}, ${date} ${time.slice(0, 5)}`;
  });
}

function at(date: string): Instant {
  return instantAt(calendarDate(date), "12:00", "America/New_York");
}

function page(year: string, month: string, days: string): string {
  const row = `<div class="row fomc-meeting"><div class="fomc-meeting__month">${month}</div><div class="fomc-meeting__date">${days}</div></div>`;
  return `<html><h4>${year}</h4>${row}</html>`;
}

describe("fomc-calendar", () => {
  test("dates meetings by their last day, planned ones known before their year, others on their evening", async () => {
    const reading = await sample("fomc-calendar");
    expect(told(reading)).toEqual([
      "fomc 2027-01-27 2027-01-27 , 2027-01-01 09:00",
      "fomc 2027-05-01 2027-05-01 , 2027-01-01 09:00",
      "fomc 2020-03-03 2020-03-03 unscheduled, 2020-03-03 20:00",
      "fomc 2020-03-15 2020-03-15 unscheduled, 2020-03-15 20:00",
      "fomc 2020-03-18 2020-03-18 , 2020-01-01 09:00",
      "fomc 2020-03-18 2020-03-18 cancelled, 2020-03-18 20:00",
      "fomc 2019-10-04 2019-10-04 unscheduled, 2019-10-11 20:00",
    ]);
    expect(rulesOf(reading)).toEqual({ "events.notation-vote": 1, "events.meeting": 1 });
  });

  test("a meeting of a year to come is known by the import", async () => {
    const [first] = told(await sample("fomc-calendar", at("2026-09-01")));
    expect(first).toBe("fomc 2027-01-27 2027-01-27 , 2026-09-01 12:00");
  });

  test.each([
    ["Jan/Feb", "31-1", "2023-02-01"],
    ["December/January", "31-1", "2024-01-01"],
    ["June", "13–14*", "2023-06-14"],
    ["Sept.", "20", "2023-09-20"],
  ])("%s %s ends on %s", async (month, days, date) => {
    const { facts } = await readText("x.htm", page("2023 FOMC Meetings", month, days));
    expect(facts.map(({ fact }) => fact)).toMatchObject([{ date }]);
  });

  test.each([
    ["days that run backward", "2023 FOMC Meetings", "June", "14-13"],
    ["a day that the month has not", "2023 FOMC Meetings", "February", "28-29"],
    ["no month", "2023 FOMC Meetings", "Ju", "13-14"],
    ["three months", "2023 FOMC Meetings", "Jan/Feb/Mar", "31-1"],
    ["no heading of a year", "Meetings", "June", "13-14"],
    ["a word that is not known", "2023 FOMC Meetings", "June", "13-14 (moved)"],
  ])("refuses a row with %s", async (_, year, month, days) => {
    const reading = await readText("x.htm", page(year, month, days));
    expect([reading.facts.length, rulesOf(reading)]).toEqual([0, { "events.meeting": 1 }]);
  });
});

describe("bls-schedule", () => {
  test("dates past are known a week before, those ahead by the import", async () => {
    const reading = await sample("bls-schedule");
    expect(told(reading)).toEqual([
      "cpi 2026-08 2026-09-11 , 2026-09-04 18:00",
      "cpi 2027-04 2027-05-12 , 2027-05-05 18:00",
      "cpi 2027-05 2027-06-10 , 2027-06-01 12:00",
    ]);
    expect(rulesOf(reading)).toEqual({ "events.no-date": 1, "events.before-its-month": 1 });
  });

  test("on the day of a release it is past once the release is out", async () => {
    const morning = instantAt(calendarDate("2026-09-11"), "08:29", "America/New_York");
    expect(told(await sample("bls-schedule", morning))[0]).toMatch(/2026-09-11 08:29$/);
    expect(told(await sample("bls-schedule", at("2026-09-11")))[0]).toMatch(/2026-09-04 18:00$/);
  });

  const table =
    "<html><table><tr><th>Reference Month</th><th>Release Date</th></tr><tr><td>May 2026</td><td>Jun. 11, 2026</td></tr></table></html>";

  test.each([
    ["its heading", "x.htm", `${table}<h2>Schedule of Releases for the Producer Price Index</h2>`, undefined],
    ["its file's name", "ppi.htm", table, undefined],
    ["what is told", "cpi.htm", table, "PPI"],
  ])("is of the statistic of %s", async (_, name, text, series) => {
    const { facts } = await readText(name, text, series === undefined ? {} : { series });
    expect(facts.map(({ fact }) => fact)).toMatchObject([{ kind: "ppi", reference: "2026-05" }]);
  });

  test("of another statistic is not read", async () => {
    await expect(readText("empsit.htm", table)).rejects.toMatchObject({ code: "input.invalid" });
    await expect(readText("cpi.htm", table, { series: "jobs" })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });

  test.each([
    ["May 2026", "June 31, 2026"],
    ["May 2026", "2026-06-11"],
    ["Second quarter 2026", "Jun. 11, 2026"],
  ])("refuses %s on %s", async (month, day) => {
    const reading = await readText("cpi.htm", table.replace("May 2026", month).replace("Jun. 11, 2026", day));
    expect([reading.facts.length, rulesOf(reading)]).toEqual([0, { "events.release": 1 }]);
  });
});

test("pages of too many bytes or tags are refused, however they begin", async () => {
  const start = page("2023 FOMC Meetings", "June", "13-14");
  for (const more of ["<p>".repeat(20_001), " ".repeat(5_000_000)]) {
    await expect(readText("x.htm", `${start}${more}`)).rejects.toMatchObject({ code: "data.malformed" });
  }
});

test("an attribute that is called constructor is none of ours", async () => {
  const text = page("2023 FOMC Meetings", "June", "13-14").replaceAll("<div ", '<div constructor="x" ');
  expect((await readText("x.htm", text)).facts.length).toBe(1);
});

test("months go by their names and the beginnings of them", () => {
  expect(["January", "Feb", "Sept.", "DEC."].map(monthByName)).toEqual(["01", "02", "09", "12"]);
  expect(["", "Ma", "Juny", "1"].map(monthByName)).toEqual([undefined, undefined, undefined, undefined]);
});
