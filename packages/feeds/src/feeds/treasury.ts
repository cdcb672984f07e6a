import type { Feed } from "../feed.ts";
import { yearsSince } from "../years.ts";

/** The Treasury's par yield curve, a year to a file. */
export const treasury: Feed = {
  id: "treasury",
  title: "Treasury par yield curve since 1990",
  home: "https://home.treasury.gov/policy-issues/financing-the-government/interest-rate-statistics",
  requests: ({ today }) =>
    yearsSince(1990, today).map(({ year, isOver }) => ({
      address: `https://home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv/${year}/all?type=daily_treasury_yield_curve&field_tdr_date_value=${year}&page&_format=csv`,
      format: "treasury-par-curve",
      freshness: isOver ? "once" : "changing",
    })),
};
