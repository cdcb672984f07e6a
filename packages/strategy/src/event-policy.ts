import { type CalendarDate, daysBetween } from "@steward/model";
import type { EventKind, EventPolicies } from "./config.ts";
import type { MarketView } from "./view.ts";

/** What the events within a trade's life do to its size. */
export interface EventAssessment {
  /** Times the size: 1, a half, or 0 for no trade. */
  readonly factor: 0 | 0.5 | 1;
  /** A sentence for each event, and one for the calendars that are not known. */
  readonly because: readonly string[];
}

/** The kinds, in the order in which they are told. */
export const EVENT_KINDS: readonly EventKind[] = ["fomc", "cpi", "jobs", "ppi"];

const NAMES: Readonly<Record<EventKind, string>> = {
  fomc: "decision of the FOMC",
  cpi: "release of consumer prices",
  jobs: "jobs report",
  ppi: "release of producer prices",
};

/** A calendar whose last date lies so many days back has ended. */
const STALE_DAYS = 60;

/**
 * Looks for events between this session's decision and the expiration, as they were known at the decision. The strictest
 * policy of those that fall into it counts. A kind whose calendar is not known cuts nothing, and says so.
 */
export function assessEvents(
  view: MarketView,
  expiration: CalendarDate,
  policies: EventPolicies,
): EventAssessment {
  let factor: EventAssessment["factor"] = 1;
  const because: string[] = [];
  const unknown: string[] = [];
  const { date: session } = view.session;
  const ahead = view.eventsUntil(expiration);
  for (const kind of EVENT_KINDS) {
    const policy = policies[kind];
    if (policy === "ignore") continue;
    const reach = view.eventReach(kind);
    if (reach === undefined || daysBetween(reach, session) > STALE_DAYS) {
      unknown.push(NAMES[kind]);
      continue;
    }
    const dates = ahead.filter((event) => event.kind === kind).map(({ date }) => date);
    if (dates.length === 0) continue;
    if (policy === "skip") factor = 0;
    else if (policy === "half" && factor === 1) factor = 0.5;
    because.push(
      `${NAMES[kind]} on ${dates.join(", ")}, before the expiration is settled: ${EFFECTS[policy]}`,
    );
  }
  if (unknown.length > 0) because.push(`no dates are known of the ${unknown.join(", ")}: they cut no size`);
  return { factor, because };
}

const EFFECTS = { skip: "no condor", half: "half size", warn: "a warning, no smaller size" } as const;
