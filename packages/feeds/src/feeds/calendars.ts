import type { Feed } from "../feed.ts";

/** Meetings of the Federal Open Market Committee, past and planned. */
export const fomc: Feed = {
  id: "fomc",
  title: "meetings of the Federal Open Market Committee",
  home: "https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm",
  requests: () => [
    {
      address: "https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm",
      format: "fomc-calendar",
      freshness: "changing",
    },
  ],
};

/** The schedules of consumer and producer prices, a page each: the current year. */
export const bls: Feed = {
  id: "bls",
  title: "planned days of CPI and PPI",
  home: "https://www.bls.gov/schedule/",
  requests: () =>
    ["cpi", "ppi"].map((kind) => ({
      address: `https://www.bls.gov/schedule/news_release/${kind}.htm`,
      format: "bls-schedule",
      series: kind,
      freshness: "changing",
    })),
};
