import type { CalendarDate, EventFact, Instant } from "@steward/model";

/** A release or a meeting that lies ahead, as it was known. */
export interface ScheduledEvent {
  readonly kind: string;
  readonly date: CalendarDate;
}

/** When something was known of the future. */
export interface KnownSpan {
  /** Dates after this one. */
  readonly after: CalendarDate;
  /** Up to this one. */
  readonly until: CalendarDate;
  readonly asOf: Instant;
}

export interface EventCalendar {
  /** What was scheduled within the dates as it was known at the instant, by date. */
  readonly within: (span: KnownSpan) => readonly ScheduledEvent[];
  /** The last date of a kind that was known at the instant; undefined before any was. */
  readonly reach: (kind: string, asOf: Instant) => CalendarDate | undefined;
}

/** What was told of one event, the earliest first. */
type Story = readonly EventFact[];

/** A calendar of facts, each of which was told at its instant: moved, cancelled and late ones surprise where they did. */
export function eventCalendar(facts: readonly EventFact[]): EventCalendar {
  const told = facts.toSorted((left, right) => left.knownAt - right.knownAt);
  const stories = Map.groupBy(told, ({ kind, reference }) => `${kind} ${reference}`);
  const storiesOn = new Map<CalendarDate, Set<Story>>();
  for (const story of stories.values()) {
    for (const { date } of story) storiesOn.set(date, (storiesOn.get(date) ?? new Set()).add(story));
  }
  const dates = [...storiesOn.keys()].toSorted((left, right) => (left < right ? -1 : 1));
  const reachOf = new Map(
    [...Map.groupBy(told, ({ kind }) => kind)].map(([kind, own]) => [kind, reachFrom(own)] as const),
  );

  return {
    within: ({ after, until, asOf }) => {
      const found: ScheduledEvent[] = [];
      for (let at = firstAfter(dates, after); ; at += 1) {
        const date = dates[at];
        if (date === undefined || date > until) break;
        for (const story of storiesOn.get(date) ?? []) {
          const last = story.findLast(({ knownAt }) => knownAt <= asOf);
          if (last?.date === date && last.status === "scheduled") found.push({ kind: last.kind, date });
        }
      }
      return found;
    },
    reach: (kind, asOf) => reachOf.get(kind)?.(asOf),
  };
}

/** The position of the first date beyond one. */
function firstAfter(dates: readonly CalendarDate[], date: CalendarDate): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? date) <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last date told so far, by the instant: facts come in the order in which they were told. */
function reachFrom(facts: readonly EventFact[]): (asOf: Instant) => CalendarDate | undefined {
  let last: CalendarDate | undefined;
  const lasts = facts.map(({ date, knownAt }) => {
    if (last === undefined || date > last) last = date;
    return { knownAt, last };
  });
  return (asOf) => {
    let low = 0;
    let high = lasts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lasts[middle]?.knownAt ?? asOf) <= asOf) low = middle + 1;
      else high = middle;
    }
    return lasts[low - 1]?.last;
  };
}
