import type { Feed } from "../feed.ts";

/** The real broad effective exchange rate of the dollar, by the Bank for International Settlements. */
export const bis: Feed = {
  id: "bis",
  title: "real effective exchange rate of the dollar",
  home: "https://data.bis.org/topics/EER",
  requests: () => [
    {
      address: "https://stats.bis.org/api/v2/data/dataflow/BIS/WS_EER/1.0/M.R.B.US?format=csv",
      format: "bis-reer",
      freshness: "changing",
      grows: true,
    },
  ],
};
