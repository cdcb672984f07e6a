// When the quotes were taken: Q19, Q20, Q24, Q25, and the calendar of sessions, Q26.

import {
  type CalendarDate,
  calendarRange,
  type Instant,
  instantAt,
  isOptionRoot,
  isSession,
  lastTradingInstant,
  previousSession,
  type QuoteFact,
  sessionOf,
  wallClock,
} from "@steward/model";
import type { QuoteChain } from "./chain.ts";
import type { RowContext, TradingHours } from "./context.ts";
import {
  abstains,
  type ChainRule,
  finite,
  type Outcome,
  type PlacedFault,
  type RowOutcome,
  type RowRule,
} from "./rule.ts";

const MICROS_PER_SECOND = 1_000_000;
const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

/** Seconds: a live chain is polled once a minute, so that two missed polls show. */
const OLDEST_LIVE_SECONDS = 120;
/** Seconds: delayed tables are 15 minutes behind, and polled as often. */
const OLDEST_DELAYED_SECONDS = 20 * 60;
/** Share of rows over the age: from here on the feed hangs, not single quotes. */
const LARGEST_OLD_SHARE = 0.5;
/** Seconds: clocks of exchange, vendor and host differ by less. */
const CLOCK_SKEW_SECONDS = 2;
/** Minutes: a snapshot of 15:45 arrives some minutes around it; a wrong zone is off by whole hours, a wrong rule by one. */
const LABEL_MINUTES = 20;

/** Q19. Old quotes. */
export const tooOld: ChainRule = {
  id: "Q19",
  name: "time.age",
  title: "quotes are older than the feed allows; most of them: the feed hangs",
  severity: "flag",
  scope: "chain",
  threshold: `${OLDEST_LIVE_SECONDS} s live, ${OLDEST_DELAYED_SECONDS} s delayed; over ${LARGEST_OLD_SHARE} of the rows degrades`,
  check: checkAge,
};

/** Q20. Stamps from the future. */
export const future: RowRule = {
  id: "Q20",
  name: "time.future",
  title: "the quote is stamped later than it was known, or than now",
  severity: "reject",
  scope: "row",
  threshold: `at most ${CLOCK_SKEW_SECONDS} s after both`,
  check: ({ occurredAt, knownAt }, { now }) => {
    const latest = now === undefined ? knownAt : Math.min(knownAt, now);
    const ahead = (occurredAt - latest) / MICROS_PER_SECOND;
    return ahead > CLOCK_SKEW_SECONDS
      ? { message: "seconds into the future", value: finite(ahead), limit: CLOCK_SKEW_SECONDS }
      : undefined;
  },
};

/** Q24. Outside the session. */
export const outsideSession: RowRule = {
  id: "Q24",
  name: "time.outside-session",
  title: "the quote is of a moment in which the contract does not trade",
  severity: "flag",
  scope: "row",
  threshold: "from the opening to the close of index options, and not after the contract's last trading",
  check: checkHours,
};

/** Q25. The wrong hour. */
export const shiftedClock: ChainRule = {
  id: "Q25",
  name: "time.shifted",
  title: "the snapshot is not of the hour or the date that its label says: a zone or daylight saving",
  severity: "degrade",
  scope: "chain",
  threshold: `within ${LABEL_MINUTES} minutes of the label, on the session's own date in New York`,
  check: checkLabel,
};

/** Q26. Sessions missing, invented or of the wrong length. */
export const wrongDay: ChainRule = {
  id: "Q26",
  name: "time.calendar",
  title: "a session is missing, is none, or has the wrong length",
  severity: "degrade",
  scope: "history",
  threshold:
    "the date is a session, the snapshot before is of the session before, half days end by their own close",
  check: checkCalendar,
};

function checkAge({ quotes, usable, context: { now, feed } }: QuoteChain): Outcome {
  if (now === undefined || feed === undefined)
    return abstains("no moment of judgment or no label of the feed");
  const limit = feed === "live" ? OLDEST_LIVE_SECONDS : OLDEST_DELAYED_SECONDS;
  const old = usable.flatMap((row): PlacedFault[] => {
    const age = (now - (quotes[row]?.occurredAt ?? now)) / MICROS_PER_SECOND;
    return age > limit ? [{ row, message: "seconds old", value: finite(age), limit }] : [];
  });
  const share = old.length / usable.length;
  if (!(share > LARGEST_OLD_SHARE)) return old;
  return [
    {
      severity: "degrade",
      message: "share of the rows that is too old",
      value: share,
      limit: LARGEST_OLD_SHARE,
    },
    ...old,
  ];
}

function checkHours({ session, occurredAt, root, expiration }: QuoteFact, context: RowContext): RowOutcome {
  const hours = hoursOf(session, context);
  if (hours === undefined) return "the date is no session of the calendar";
  if (occurredAt < hours.open) return minutesOff("minutes before the opening", hours.open - occurredAt);
  if (occurredAt > hours.close) return minutesOff("minutes after the close", occurredAt - hours.close);
  const last = lastTradingOf(root, expiration, context);
  return last !== undefined && occurredAt > last
    ? minutesOff("minutes after the contract's last trading", occurredAt - last)
    : undefined;
}

function minutesOff(message: string, micros: number): RowOutcome {
  return { message, value: finite(micros / MICROS_PER_MINUTE), limit: 0 };
}

function hoursOf(session: CalendarDate, { hours }: RowContext): TradingHours | undefined {
  const known = hours.get(session);
  if (known !== undefined || hours.has(session)) return known;
  const day = isInCalendar(session) ? sessionOf(session) : undefined;
  const own = day === undefined ? undefined : { open: day.open, close: day.optionsClose };
  hours.set(session, own);
  return own;
}

function lastTradingOf(
  root: string,
  expiration: CalendarDate,
  { lastTrading }: RowContext,
): number | undefined {
  let byExpiration = lastTrading.get(root);
  if (byExpiration === undefined) {
    byExpiration = new Map();
    lastTrading.set(root, byExpiration);
  }
  const known = byExpiration.get(expiration);
  if (known !== undefined || byExpiration.has(expiration)) return known;
  const isKnown = isOptionRoot(root) && isInCalendar(expiration) && expiration > "1990-01-15";
  const last = isKnown ? lastTradingInstant(root, expiration) : undefined;
  byExpiration.set(expiration, last);
  return last;
}

function isInCalendar(date: CalendarDate): boolean {
  return date >= calendarRange.from && date <= calendarRange.to;
}

function checkLabel({ at, session, context: { label } }: QuoteChain): Outcome {
  if (at === undefined || session === undefined) return abstains("the snapshot is empty");
  const { date } = wallClock(at, "America/New_York");
  if (date !== session)
    return [{ message: `the quotes are of ${date} in New York, the session is ${session}` }];
  if (label === undefined) return abstains("the snapshot has no label of its hour");
  const expected: Instant = instantAt(session, label.time, label.zone);
  const minutes = Math.abs(at - expected) / MICROS_PER_MINUTE;
  return minutes > LABEL_MINUTES
    ? [{ message: "minutes from the label", value: minutes, limit: LABEL_MINUTES }]
    : [];
}

function checkCalendar({ at, session, context: { priorSession, label } }: QuoteChain): Outcome {
  if (session === undefined || at === undefined || !isInCalendar(session))
    return abstains("the session is not in the calendar");
  if (!isSession(session)) return [{ message: `${session} is no session` }];
  const faults: PlacedFault[] = [];
  const day = sessionOf(session);
  if (day?.halfDay === true && (at > day.optionsClose || isLabelAfter(session, day.optionsClose, label))) {
    faults.push({ message: `${session} is a half day, and the snapshot is of after its close` });
  }
  const prior = priorSession?.[0]?.session;
  if (prior === undefined) return faults.length > 0 ? faults : abstains("no session before is known");
  const expected = previousSession(session);
  if (prior !== expected)
    faults.push({ message: `the snapshot before is of ${prior}, the session before is ${expected}` });
  return faults;
}

function isLabelAfter(session: CalendarDate, close: Instant, label: QuoteChain["context"]["label"]): boolean {
  return label !== undefined && instantAt(session, label.time, label.zone) > close;
}
