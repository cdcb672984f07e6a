import {
  addDays,
  type CalendarDate,
  calendarDate,
  isListedExpiration,
  monthOf,
  vixExpirations,
  yearOf,
} from "@steward/model";
import type { Feed, FeedRequest } from "../feed.ts";

/**
 * VIX futures, a contract to a file. The archive has the contracts that settled up to July 2014, the current folder those
 * after: so every session of 2013 has its settlement, which the current files of that time lack, and none comes twice with
 * different words. The nearest contracts come first, for they must be there: if they are refused, so is everything.
 */
export const vxContracts: Feed = {
  id: "vx-contracts",
  title: "VIX futures by contract since 2004",
  home: "https://www.cboe.com/us/futures/market_statistics/historical_data/",
  requests: ({ today }) => {
    const live = vixExpirations(today, addDays(today, 290)).slice(0, LISTED_MONTHS);
    const settled = vixExpirations(FIRST, addDays(today, -1)).filter((date) =>
      isListedExpiration("VX", date),
    );
    return [
      ...live.map((date, ahead) => ({
        ...contract(date, "changing"),
        ...(ahead < 2 ? {} : { absence: "passing" as const }),
      })),
      ...settled
        .filter((date) => date > LAST_ARCHIVED)
        .map((date) => ({
          ...contract(date, isFresh(date, today) ? "changing" : "once"),
          absence: "lasting" as const,
        })),
      ...settled.filter((date) => date <= LAST_ARCHIVED).map(archived),
    ];
  },
};

const LISTED_MONTHS = 9;
const FIRST = calendarDate("2004-05-01");
const LAST_ARCHIVED = calendarDate("2014-07-31");
const CODES = "FGHJKMNQUVXZ";

/** The last rows of a contract may come some days after its settlement. */
function isFresh(settled: CalendarDate, today: CalendarDate): boolean {
  return addDays(settled, 5) > today;
}

function contract(date: CalendarDate, freshness: FeedRequest["freshness"]): FeedRequest {
  return {
    address: `https://cdn.cboe.com/data/us/futures/market_statistics/historical_data/VX/VX_${date}.csv`,
    format: "vx-contract",
    freshness,
    grows: true,
  };
}

function archived(date: CalendarDate): FeedRequest {
  const code = `${CODES[monthOf(date) - 1]}${String(yearOf(date) % 100).padStart(2, "0")}`;
  return {
    address: `https://cdn.cboe.com/resources/futures/archive/volume-and-price/CFE_${code}_VX.csv`,
    format: "vx-contract",
    freshness: "once",
    absence: "lasting",
  };
}
