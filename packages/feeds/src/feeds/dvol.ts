import { calendarDate, toDayNumber } from "@steward/model";
import type { Feed } from "../feed.ts";
import { yearsSince } from "../years.ts";

const DAY_MS = 86_400_000;

/** Deribit's volatility indices of Bitcoin and Ether, a year to a request: a thousand days are the most it gives. */
export const dvol: Feed = {
  id: "dvol",
  title: "volatility indices of Bitcoin and Ether since 2021",
  home: "https://www.deribit.com/statistics/BTC/volatility-index",
  requests: ({ today }) =>
    ["BTC", "ETH"].flatMap((coin) =>
      yearsSince(2021, today).map(({ year, isOver }) => ({
        address: `https://www.deribit.com/api/v2/public/get_volatility_index_data?currency=${coin}&start_timestamp=${startOf(year)}&end_timestamp=${startOf(year + 1) - DAY_MS}&resolution=1D`,
        format: "deribit-dvol",
        freshness: isOver ? "once" : "changing",
      })),
    ),
};

function startOf(year: number): number {
  return toDayNumber(calendarDate(`${year}-01-01`)) * DAY_MS;
}
