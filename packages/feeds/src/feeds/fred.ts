import type { Feed, FeedRequest } from "../feed.ts";

const RATES = [
  "DFF",
  ...["1MO", "3MO", "6MO", "1", "2", "3", "5", "7", "10", "20", "30"].map((maturity) => `DGS${maturity}`),
  "BAMLH0A0HYM2",
];

/** Of the economy, each revised after its release. */
const MACRO = ["CPIAUCSL", "CPILFESL", "PPIACO", "UNRATE", "PAYEMS", "INDPRO", "M2SL", "RSXFS"];

/** FRED's tables: rates, and where there is no key for their vintages the macro series as revised to today. */
export const fred: Feed = {
  id: "fred",
  title: "rates and the high-yield spread; without a key the economy too, as revised to today",
  home: "https://fred.stlouisfed.org/",
  requests: ({ keys }) =>
    [...RATES, ...(keys.has("fred") ? [] : MACRO)].map((series) => ({
      address: `https://fred.stlouisfed.org/graph/fredgraph.csv?id=${series}`,
      format: "fred-csv",
      freshness: "changing",
      // The spread is licensed for its last three years alone.
      grows: series !== "BAMLH0A0HYM2",
    })),
};

/**
 * ALFRED's vintages: each value with the day on which it was out. In windows of real time, because FRED gives at most 2000
 * vintages and 100,000 values at once; a window that is over never changes.
 */
export const alfred: Feed = {
  id: "alfred",
  title: "prices, jobs, output, money and sales as first told and as revised",
  home: "https://alfred.stlouisfed.org/",
  needs: "fred",
  requests: ({ today }) =>
    MACRO.flatMap((series) =>
      WINDOWS.map(({ from, to }) =>
        api({
          path: `series/observations?series_id=${series}&realtime_start=${from}&realtime_end=${to}`,
          format: "fred-json",
          freshness: to < today ? "once" : "changing",
        }),
      ),
    ),
};

const WINDOWS = [
  { from: "1776-07-04", to: "2009-12-31" },
  { from: "2010-01-01", to: "2019-12-31" },
  { from: "2020-01-01", to: "9999-12-31" },
] as const;

/** Days of the releases of consumer and producer prices, personal income and jobs, those ahead included. */
export const releaseDates: Feed = {
  id: "release-dates",
  title: "days of CPI, PPI, PCE and jobs, past and planned",
  home: "https://fred.stlouisfed.org/releases/calendar",
  needs: "fred",
  requests: () =>
    [10, 46, 54, 50].map((release) =>
      api({
        path: `release/dates?release_id=${release}&include_release_dates_with_no_data=true&sort_order=asc&limit=10000`,
        format: "fred-release-dates",
        freshness: "changing",
      }),
    ),
};

function api({
  path,
  ...rest
}: Omit<FeedRequest, "address" | "secret"> & { readonly path: string }): FeedRequest {
  return {
    address: `https://api.stlouisfed.org/fred/${path}&file_type=json`,
    secret: { parameter: "api_key", key: "fred" },
    ...rest,
  };
}
