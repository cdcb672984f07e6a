import type { CalendarDate, EventFact, FactTimes } from "@steward/model";
import type { HTMLElement } from "node-html-parser";
import { parseDay } from "../dates.ts";
import type { Format, Opening, Parsed, ReadOptions, Remark } from "../format.ts";
import { elementsOfClass, monthByName, readPage, textOfElement } from "../html-page.ts";
import { notThis } from "../json-records.ts";
import { batchesOf } from "../json-values.ts";
import { announcedOn, knownByImport, meetingScheduledOn } from "../known-at.ts";
import { leftOut, refused } from "../row-reading.ts";

/**
 * The Federal Reserve's page of meeting calendars (`fomccalendars.htm`): under the heading of a year, rows with a month and
 * days: `27-28*` with projections, `30-1` of Apr/May, `3 (unscheduled)`, `17-18 (cancelled)`, `22 (notation vote)`. An event
 * is dated by the last day, on which the Committee decides; a notation vote decides no rate and is left out. An unscheduled
 * meeting was known on its evening, or on that of its statement where the page links to a later one. When a meeting was
 * cancelled the page does not tell: on the evening of its day at the latest. What is ahead is known by the import.
 */
export const fomcCalendar: Format = {
  id: "fomc-calendar",
  title: "Federal Reserve page of FOMC meetings, fomccalendars.htm",
  vendor: "fed",
  recognizes: isCalendar,
  read: async function* (source, options) {
    const { root, bytesRead } = await readPage(source);
    let year: string | undefined;
    const outcomes: (Parsed | Remark)[] = [];
    let number = 0;
    for (const element of root.querySelectorAll("h4, div")) {
      if (element.tagName === "H4") {
        year = /^(\d{4}) FOMC Meetings/.exec(textOfElement(element))?.[1];
        continue;
      }
      if (!element.classList.contains("fomc-meeting")) continue;
      number += 1;
      outcomes.push(...readMeeting({ element, year, number }, options));
    }
    if (number === 0) throw notThis(source, "rows of FOMC meetings", "none");
    yield* batchesOf(outcomes, bytesRead);
  },
};

function isCalendar({ name, text }: Opening): boolean {
  if (!/^[\uFEFF\s]*<(?:!doctype html|html|div|!--)/i.test(text)) return false;
  return (
    /fomc-meeting__date|<title>[^<]*Meeting calendars and information/i.test(text) ||
    /^fomccalendars/i.test(name)
  );
}

/** A row of the page, with its number among them. */
interface MeetingRow {
  readonly element: HTMLElement;
  readonly year: string | undefined;
  readonly number: number;
}

const DAYS = /^(\d{1,2})(?: ?[-–] ?(\d{1,2}))?\*? ?(?:\((unscheduled|cancelled|notation vote)\))?\*?$/;

function readMeeting(
  { element, year, number }: MeetingRow,
  { importedAt }: ReadOptions,
): readonly (Parsed | Remark)[] {
  const month = textOfElement(elementsOfClass(element, "div", "fomc-meeting__month")[0]);
  const days = textOfElement(elementsOfClass(element, "div", "fomc-meeting__date")[0]);
  const [, first = "", last = first, word] = DAYS.exec(days) ?? [];
  const date = year === undefined ? undefined : decisionDay({ year, month, first, last });
  if (date === undefined) {
    const message = `expected a month and days of a year, found "${month}" "${days}" of ${year ?? "none"}`;
    return [refused(number, "events.meeting", message)];
  }
  if (word === "notation vote")
    return [leftOut(number, "events.notation-vote", `no rate was decided on ${date}`)];

  const told = (times: FactTimes, says: Partial<EventFact> = {}): Parsed => {
    const fact = { kind: "fomc", reference: date, date, status: "scheduled", ...says } as const;
    return { table: "events", line: number, fact: { ...fact, ...knownByImport(times, importedAt) } };
  };
  if (word === "unscheduled") {
    return [told(announcedOn(statementDay(element, date), "20:00"), { note: "unscheduled" })];
  }
  const planned = told(meetingScheduledOn(date));
  return word === undefined
    ? [planned]
    : [planned, told(announcedOn(date, "20:00"), { status: "cancelled" })];
}

interface Days {
  readonly year: string;
  /** `January`, or `Apr/May` of a meeting over a month's end. */
  readonly month: string;
  readonly first: string;
  readonly last: string;
}

function decisionDay({ year, month, first, last }: Days): CalendarDate | undefined {
  const [from, to, ...more] = month.split("/").map(monthByName);
  if (from === undefined || more.length > 0) return undefined;
  if (!month.includes("/")) {
    return Number(first) > Number(last) ? undefined : dayOfMonth(year, from, last);
  }
  if (to === undefined || first === last) return undefined;
  return dayOfMonth(to < from ? String(Number(year) + 1) : year, to, last);
}

function dayOfMonth(year: string, month: string, day: string): CalendarDate | undefined {
  return parseDay(`${year}-${month}-${day.padStart(2, "0")}`);
}

/** The day of the statement that a row links to, if it is later than the meeting. */
function statementDay(element: HTMLElement, date: CalendarDate): CalendarDate {
  const days = element.querySelectorAll("a").flatMap((link) => {
    const [, text = ""] = /\/monetary(\d{8})a/.exec(link.rawAttrs) ?? [];
    return parseDay(text) ?? [];
  });
  return days.reduce((latest, day) => (day > latest ? day : latest), date);
}
