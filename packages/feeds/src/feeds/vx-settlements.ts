import { addDays, type CalendarDate, sessionOf, sessionsBetween } from "@steward/model";
import type { Feed, PlanContext } from "../feed.ts";

/**
 * Settlements of all VIX futures, a session to a file: hours before the contracts' own files have them. Those of the last
 * sessions alone; what is older stands in the contracts' files.
 */
export const vxSettlements: Feed = {
  id: "vx-settlements",
  title: "settlements of VIX futures, last sessions",
  home: "https://www.cboe.com/us/futures/market_statistics/settlement/",
  requests: (context) => {
    const sessions = settledSessions(context);
    return sessions.map((session, i) => ({
      address: `https://www.cboe.com/us/futures/market_statistics/settlement/csv?dt=${session}`,
      format: "vx-settlement",
      freshness: "once",
      ...(i < sessions.length - 2 ? {} : { absence: "passing" as const }),
    }));
  },
};

const SESSIONS = 20;

function settledSessions({ today, now }: PlanContext): readonly CalendarDate[] {
  return sessionsBetween(addDays(today, -45), today)
    .filter((date) => (sessionOf(date)?.optionsClose ?? Number.POSITIVE_INFINITY) < now)
    .slice(-SESSIONS);
}
