import type { EventFact } from "@steward/model";
import { readDay } from "../dates.ts";
import type { Format, Parsed, Remark, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { headerAndRow } from "../opening-lines.ts";
import { readRows, refused } from "../row-reading.ts";
import type { Row } from "../table.ts";
import { instantOf, readDateAndTime } from "../wall-clock.ts";

/**
 * Events with the instant at which each date became known, as the calendar that comes with the product has them. A date that
 * was moved or cancelled is several rows of one reference. `known` is New York wall clock, or Universal Time with a Z.
 */
export const eventFacts: Format = {
  id: "event-facts",
  title: "Events with the time each date was known",
  vendor: "calendar",
  recognizes: (opening) => HEADER.test(headerAndRow(opening).header.toLowerCase()),
  read: (source) => {
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (HEADER.test(names.join(","))) return names;
      throw notThis(source, "kind,reference,date,status,known", header.join(",").slice(0, 100));
    };
    return readRows(source, { columns }, (row) => readEvent(row, source));
  },
};

const HEADER = /^kind,reference,date,status,known(?:,note)?(?:,source)?$/;

/** A kind names a folder of the store. */
const KIND = /^[a-z][a-z0-9-]{0,30}$/;

function readEvent(row: Row, { name }: Source): Parsed | Remark {
  const { kind = "", reference = "", status = "", note = "" } = row.cells;
  if (!KIND.test(kind) || reference === "") {
    return refused(
      row.line,
      "events.unnamed",
      `expected a kind and a reference, found "${kind}", "${reference}"`,
    );
  }
  if (status !== "scheduled" && status !== "cancelled") {
    return refused(row.line, "events.status", `expected scheduled or cancelled, found "${status}"`);
  }
  const date = readDay(row, "date", name);
  const told = readDateAndTime(row, "known", name);
  // Later instants are no whole microseconds.
  if (told.date >= "2200-01-01") {
    return refused(row.line, "events.known", `expected a time before 2200, found ${told.date}`);
  }
  const known = instantOf(told);
  const fact: EventFact = {
    ...{ kind, reference, date, status },
    ...(note === "" ? {} : { note }),
    ...{ occurredAt: known, knownAt: known },
  };
  return { table: "events", line: row.line, fact };
}
