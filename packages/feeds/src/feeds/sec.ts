import type { Feed } from "../feed.ts";

/** Central Index Keys of JPMorgan Chase, Bank of America, Citigroup, Wells Fargo, Goldman Sachs and Morgan Stanley. */
const BANKS = ["0000019617", "0000070858", "0000831001", "0000072971", "0000886982", "0000895421"];

/** All numbers of the filings of six banks. The SEC wants to know who asks. */
export const sec: Feed = {
  id: "sec",
  title: "filings of JPM, BAC, C, WFC, GS and MS",
  home: "https://www.sec.gov/search-filings/edgar-application-programming-interfaces",
  needs: "contact",
  requests: () =>
    BANKS.map((cik) => ({
      address: `https://data.sec.gov/api/xbrl/companyfacts/CIK${cik}.json`,
      format: "sec-company-facts",
      freshness: "changing",
      grows: true,
    })),
};
