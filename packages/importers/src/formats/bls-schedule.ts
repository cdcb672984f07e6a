import { type CalendarDate, type EventFact, Failure } from "@steward/model";
import type { HTMLElement } from "node-html-parser";
import { parseDay } from "../dates.ts";
import type { Format, Opening, Parsed, ReadOptions, Remark, Source } from "../format.ts";
import { monthByName, readPage, textOfElement } from "../html-page.ts";
import { notThis } from "../json-records.ts";
import { batchesOf } from "../json-values.ts";
import { releaseToldBy } from "../known-at.ts";
import { leftOut, refused } from "../row-reading.ts";
import { stemOf } from "../series-name.ts";

/**
 * A release schedule of the Bureau of Labor Statistics (`schedule/news_release/cpi.htm`, `ppi.htm`): a table of reference
 * month, release date and release time. What is ahead of the import is known by it, as it may just have been moved; what is
 * past, a week before. A date that is yet to be announced, or was cancelled, is none and is left out.
 */
export const blsSchedule: Format = {
  id: "bls-schedule",
  title: "BLS page of release dates, cpi.htm or ppi.htm",
  vendor: "bls",
  recognizes: isSchedule,
  read: async function* (source, options) {
    const { root, bytesRead } = await readPage(source);
    const table = root
      .querySelectorAll("table")
      .find((found) => HEADER.test(cellsOf(found.querySelector("tr")).join()));
    if (table === undefined) throw notThis(source, "a table of Reference Month and Release Date", "none");
    const kind = kindOf(root, source, options);
    const rows = table.querySelectorAll("tr").slice(1);
    const outcomes = rows.map((row, i) => readRelease(cellsOf(row), { kind, number: i + 1, options }));
    yield* batchesOf(outcomes, bytesRead);
  },
};

const HEADER = /^reference month,release date(?:,release time.*)?$/i;

function isSchedule({ text }: Opening): boolean {
  if (!/^[\uFEFF\s]*<(?:!doctype html|html|table|!--)/i.test(text)) return false;
  const title = /<title>([^<]*)/i.exec(text)?.[1] ?? "";
  return /schedule of (?:news )?releases/i.test(title) || /<th[^>]*>\s*Reference Month\s*<\/th>/i.test(text);
}

function cellsOf(row: HTMLElement | null): readonly string[] {
  return row?.querySelectorAll("th, td").map(textOfElement) ?? [];
}

/** What the page is about: what it is told to be, what its heading says, or what its file is called. */
function kindOf(root: HTMLElement, { name }: Source, { series }: ReadOptions): string {
  const [, index] =
    /Schedule of Releases for the (Consumer|Producer) Price Index/i.exec(textOfElement(root)) ?? [];
  const heading = index === undefined ? undefined : KINDS.get(index.toLowerCase());
  const kind = (series ?? heading ?? stemOf(name).replace(/\.html?$/i, "")).toLowerCase();
  if (kind === "cpi" || kind === "ppi") return kind;
  const message = `${name}: expected the schedule of the CPI or the PPI by its heading or its name, or --series`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["consumer", "cpi"],
  ["producer", "ppi"],
]);

interface ReleaseRow {
  readonly kind: string;
  readonly number: number;
  readonly options: ReadOptions;
}

function readRelease(cells: readonly string[], { kind, number, options }: ReleaseRow): Parsed | Remark {
  const [month = "", day = ""] = cells;
  if (/announced|cancel|^(?:|-|n\/a|tbd|tba)$/i.test(day)) {
    return leftOut(number, "events.no-date", `no date for ${month || "a month"}: "${day}"`);
  }
  const reference = monthOfText(month);
  const date = dateOfText(day);
  if (reference === undefined || date === undefined) {
    const message = `expected a month and a date as "Jan. 13, 2026", found "${month}" and "${day}"`;
    return refused(number, "events.release", message);
  }
  if (reference >= date.slice(0, 7)) {
    return refused(number, "events.before-its-month", `${date} is not after ${reference}`);
  }
  const fact: EventFact = {
    ...{ kind, reference, date, status: "scheduled" },
    ...releaseToldBy(date, options.importedAt),
  };
  return { table: "events", line: number, fact };
}

/** `December 2025` as 2025-12. */
function monthOfText(text: string): string | undefined {
  const [, name = "", year = ""] = /^([A-Za-z]+\.?) (\d{4})$/.exec(text) ?? [];
  return parseDay(`${year}-${monthByName(name)}`)?.slice(0, 7);
}

/** `Jan. 13, 2026` or `January 13, 2026`. */
function dateOfText(text: string): CalendarDate | undefined {
  const [, name = "", day = "", year = ""] = /^([A-Za-z]+\.?) (\d{1,2}), (\d{4})$/.exec(text) ?? [];
  return parseDay(`${year}-${monthByName(name)}-${day.padStart(2, "0")}`);
}
