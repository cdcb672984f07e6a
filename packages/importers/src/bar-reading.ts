import type { BarFact, CalendarDate, FactTimes } from "@steward/model";
import { isKnownSession } from "./dates.ts";
import type { Parsed, Remark } from "./format.ts";
import { leftOut, mended, refused } from "./row-reading.ts";
import { barTimesOf, isAroundTheClock } from "./series-name.ts";

/** A bar as a file has it, its line, and what is not as usual about its times. */
export interface RawBar extends Omit<BarFact, "close" | "occurredAt" | "knownAt"> {
  readonly line: number;
  readonly close: number | undefined;
  /** Where the series alone does not tell it. */
  readonly times?: FactTimes | undefined;
  /** Every day is a session: the vendor dates by its own market. */
  readonly allDays?: boolean | undefined;
}

/**
 * One bar, checked: rows of days without a session, without a close and of known bad prints are left out; a close that is
 * not positive is refused; zeros and contradictions among open, high and low are taken out and the close is kept.
 */
export function barOf(raw: RawBar): readonly (Parsed | Remark)[] {
  const { line, series, session, close } = raw;
  const isOpen = raw.allDays === true || isAroundTheClock(series) || !isClosedDay(session);
  if (!isOpen) {
    return [leftOut(line, "bars.not-a-session", `${session} is no session; such rows repeat the day before`)];
  }
  if (close === undefined) return [leftOut(line, "bars.empty", `no value on ${session}`)];
  if (isBadPrint(series, session)) {
    return [leftOut(line, "bars.bad-print", `${series} of ${session} is a known bad print`)];
  }
  if (close <= 0) return [refused(line, "bars.not-positive", `expected a close above 0, found ${close}`)];

  const { prices, remarks } = checkedPrices(raw, close);
  const { volume, adjustedClose } = raw;
  const times = raw.times ?? barTimesOf(series, session);
  const extras = {
    ...(volume === undefined || volume < 0 ? {} : { volume }),
    ...(adjustedClose === undefined ? {} : { adjustedClose }),
  };
  const fact: BarFact = { series, session, ...prices, close, ...extras, ...times };
  return [{ table: "bars", line, fact }, ...remarks];
}

/** Before 1990 the calendar knows no sessions, and the exchange also traded on Saturdays. */
function isClosedDay(session: CalendarDate): boolean {
  return session >= "1990-01-01" && !isKnownSession(session);
}

type Prices = Pick<BarFact, "open" | "high" | "low">;

function checkedPrices(
  { line, open, high, low }: RawBar,
  close: number,
): { readonly prices: Prices; readonly remarks: readonly Remark[] } {
  const given = [open, high, low].filter((price) => price !== undefined);
  if (given.some((price) => price < 0)) {
    return {
      prices: {},
      remarks: [mended(line, "bars.inconsistent", "open, high or low below 0 taken out")],
    };
  }
  const hasZero = given.includes(0);
  const [o, h, l] = [open, high, low].map((price) => (price === 0 ? undefined : price));
  const prices = {
    ...(o === undefined ? {} : { open: o }),
    ...(h === undefined ? {} : { high: h }),
    ...(l === undefined ? {} : { low: l }),
  };
  const remarks = hasZero ? [mended(line, "bars.zero-price", "an open, high or low of 0 taken out")] : [];
  // Vendors that adjust for splits round each price by itself.
  const slack = close * 1e-4;
  const top = (h ?? Number.POSITIVE_INFINITY) + slack;
  const bottom = (l ?? 0) - slack;
  const isWithin = [o, h, l, close].every(
    (price) => price === undefined || (price <= top && price >= bottom),
  );
  if (isWithin) return { prices, remarks };
  const message = `open ${o}, high ${h}, low ${l} contradict each other or the close ${close}; only the close is kept`;
  return { prices: {}, remarks: [...remarks, mended(line, "bars.inconsistent", message)] };
}

/** Prints that stand in Cboe's own histories and cannot be right: VVIX of 2006 at 15 to 38, between days near 70. */
const BAD_PRINTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["VVIX", new Set(["2006-03-15", "2006-03-16", "2006-03-17", "2006-03-20", "2006-03-21", "2006-11-13"])],
]);

function isBadPrint(series: string, session: CalendarDate): boolean {
  return BAD_PRINTS.get(series)?.has(session) ?? false;
}
