import type { Feed } from "../feed.ts";

/** Robert Shiller's workbook: prices, dividends, earnings and CAPE since 1871. */
export const shiller: Feed = {
  id: "shiller",
  title: "Shiller's prices, dividends, earnings and CAPE since 1871",
  home: "https://shillerdata.com/",
  requests: () => [
    {
      address: "https://img1.wsimg.com/blobby/go/e5e77e0b-59d1-44d9-ab25-4763ac982e53/downloads/ie_data.xls",
      format: "shiller-xls",
      freshness: "changing",
      grows: true,
    },
  ],
};
