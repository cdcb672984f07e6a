import { type CalendarDate, type Instant, instantAt, parseCalendarDate } from "@steward/model";
import { universalInstant } from "./wall-clock.ts";

/**
 * The instant of a line such as `Date: September 14, 2023 at 4:31 PM EDT`, `Apr 25 2019 @ 10:10 ET` or, in the language and
 * the zone of a browser, `14. September 2023 um 22:31 MESZ`. Read are a month's name, a day, a year of four digits, a time,
 * and a zone (New York where there is none). Months in numbers are not read: 9/10 is one day here and another there. Where
 * the line has no time, `otherwise` (`HH:MM`, New York) is taken. Undefined where something of it cannot be told.
 */
export function parsePageTime(text: string, otherwise?: string): Instant | undefined {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const date = dateOf(plain);
  if (date === undefined || date < "1970-01-01") return undefined;
  const clock = clockOf(plain);
  if (clock === undefined) {
    return otherwise === undefined ? undefined : instantAt(date, otherwise, "America/New_York");
  }
  const offset = offsetMinutes(clock.rest);
  if (offset === undefined) return undefined;
  if (offset === "new-york") return instantAt(date, clock.time, "America/New_York");
  return (universalInstant(date, `${clock.time}:00`) - offset * 60_000_000) as Instant;
}

/** Beginnings of the months in English, German, French, Spanish, Portuguese, Italian and Dutch, without accents. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen)/,
  /^(?:feb|fev)/,
  /^(?:mar(?!di|t[ei])|mae?r|maart|mrt)/,
  /^(?:apr|abr|avr)/,
  /^(?:may|mai|mag|mei)/,
  /^(?:jun|juin|giu)/,
  /^(?:jul|juil|lug)/,
  /^(?:aug|ago|aou)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|ott|out)/,
  /^nov/,
  /^(?:dec|dez|dic)/,
];

function dateOf(text: string): CalendarDate | undefined {
  const year = /\b(?:19|20)\d{2}\b/.exec(text)?.[0];
  const words = text.match(/[a-z]+/g) ?? [];
  const month = words.map((word) => MONTHS.findIndex((name) => name.test(word))).find((index) => index >= 0);
  const day = /\b(\d{1,2})(?=[\s.,o]|st|nd|rd|th)(?!:)/.exec(text)?.[1];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return parseCalendarDate(`${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`);
}

interface Clock {
  readonly time: string;
  /** What stands after the time, the zone among it. */
  readonly rest: string;
}

function clockOf(text: string): Clock | undefined {
  const match = /\b(\d{1,2})[:h](\d{2})(?::\d{2})?(?:\s*([ap])\.?\s*m\b\.?)?/.exec(text);
  if (match === null) return undefined;
  const [whole, hour = "", minute = "", half] = match;
  const isHalf = half !== undefined;
  const hours = isHalf ? (Number(hour) % 12) + (half === "p" ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59 || (isHalf && (Number(hour) > 12 || hour === "0"))) return undefined;
  const rest = text.slice(match.index + whole.length);
  return { time: `${String(hours).padStart(2, "0")}:${minute}`, rest };
}

/** Minutes ahead of Universal Time of the zones that browsers write. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ["utc", 0],
  ["gmt", 0],
  ["z", 0],
  ["bst", 60],
  ["cet", 60],
  ["mez", 60],
  ["cest", 120],
  ["mesz", 120],
  ["cst", -360],
  ["cdt", -300],
  ["mst", -420],
  ["mdt", -360],
  ["pst", -480],
  ["pdt", -420],
]);

function offsetMinutes(rest: string): number | "new-york" | undefined {
  const zone = /^[\s,(]*([a-z]{1,4})\b\s*(?:([+\-\u2212])\s*(\d{1,2})(?::?(\d{2}))?)?/.exec(rest);
  if (zone === null) return "new-york";
  const [, name = "", sign, hours, minutes = "0"] = zone;
  if (["et", "est", "edt", "bid"].includes(name)) return "new-york";
  if (sign !== undefined && (name === "utc" || name === "gmt"))
    return (Number(hours) * 60 + Number(minutes)) * (sign === "+" ? 1 : -1);
  return ZONES.get(name);
}
