import type { Feed } from "../feed.ts";
import { yearsSince } from "../years.ts";

/** The effective federal funds rate of the New York Fed, a year to a request. */
export const effr: Feed = {
  id: "effr",
  title: "effective federal funds rate since July 2000",
  home: "https://www.newyorkfed.org/markets/reference-rates/effr",
  requests: ({ today }) =>
    yearsSince(2000, today).map(({ year, isOver }) => ({
      address: `https://markets.newyorkfed.org/api/rates/unsecured/effr/search.json?startDate=${year}-01-01&endDate=${year}-12-31`,
      format: "effr",
      freshness: isOver ? "once" : "changing",
    })),
};
