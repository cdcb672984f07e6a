import { calendarDate, type Instant, instantAt } from "@steward/model";
import type { Format, Parsed, Remark } from "../format.ts";
import { formatOf } from "../formats.ts";
import { memorySource, openingOf } from "../source.ts";
import { PAGE_SAMPLES } from "./page-samples.ts";
import type { SeriesSample } from "./series-sample.ts";

/** One or two files of every format of series, with the traps that the vendors set. */
export const SERIES_SAMPLES: readonly SeriesSample[] = [
  ...PAGE_SAMPLES,
  {
    format: "cboe-index-history",
    name: "VIX_History.csv",
    text: "DATE,OPEN,HIGH,LOW,CLOSE\n05/27/2022,27.500000,27.610000,25.560000,25.720000\n05/30/2022,26.220000,27.120000,26.020000,26.540000\n05/31/2022,26.700000,28.330000,25.750000,26.190000\n",
    facts: 2,
  },
  {
    format: "cboe-index-history",
    name: "VVIX_History.csv",
    text: "DATE,VVIX\n03/14/2006,72.270000\n03/15/2006,15.710000\n03/16/2006,27.940000\n03/22/2006,73.100000\n",
    facts: 2,
  },
  {
    format: "cboe-index-json",
    name: "_VIX.json",
    text: '{"symbol": "_VIX", "data": [{"date": "1990-01-02", "open": "0.000000", "high": "0.0000", "low": "0.0000", "close": "17.2400", "volume": "0"}, {"date": "2024-01-05", "open": "14.22", "high": "14.25", "low": "13.29", "close": "13.35", "volume": "0"}, {"date":"2024-01-06","open":"13","high":"13","low":"13","close":"13","volume":"0"}]}',
    facts: 2,
  },
  {
    format: "vx-contract",
    name: "CFE_K04_VX.csv",
    text: "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n3/26/2004,K (May 04),212.4,212.5,202.7,202.7,203.2,203.2,216,0,144\n3/29/2004,K (May 04),0,0,0,0,198.1,-5.1,0,0,144,\n5/19/2004,K (May 04),0,0,0,0,181.9,0,12,0,0\n",
    facts: 3,
  },
  {
    format: "vx-contract",
    name: "CFE_N13_VX.csv",
    text: "CFE data is compiled for the convenience of site visitors and is furnished without responsibility for accuracy, and is accepted by the visitor on the condition that errors or omissions shall not be made the basis for any claim.\nTrade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n7/11/2013,N (Jul 13),14.6,14.7,14.2,14.3,14.275,-0.3,34567,0,123456\n",
    facts: 1,
  },
  {
    format: "vx-contract",
    name: "VX_2013-07-17.csv",
    text: "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n2013-07-11,N (Jul 2013),14.60,14.70,14.20,14.30,0.0000,0.0000,34567,0,123456\n2013-07-12,N (Jul 2013),0.00,0.00,0.00,0.00,0.0000,0.0000,0,0,123456\n2013-07-17,N (Jul 2013),0.00,14.30,13.90,0.00,14.03,0.0000,2567,0,98456\n",
    facts: 2,
  },
  {
    format: "vx-settlement",
    name: "settlement-2027-01-04.csv",
    text: "Product,Symbol,Expiration Date,Price\nVX,VX/F7,2027-01-20,19.1053\nVX,VX/G7,2027-02-17,20.4603\nVX,VX02/F7,2027-01-13,18.9\nVXM,VXM/F7,2027-01-20,19.1053\n",
    facts: 2,
  },
  {
    format: "yahoo-chart",
    name: "SPY.json",
    text: '{"chart":{"result":[{"meta":{"currency":"USD","symbol":"SPY","exchangeTimezoneName":"America/New_York","instrumentType":"ETF","gmtoffset":-18000,"dataGranularity":"1d"},"timestamp":[1710423000,1710509400,1710768600],"events":{"dividends":{"1710509400":{"amount":1.594937,"date":1710509400}},"splits":{"1710768600":{"date":1710768600,"numerator":4,"denominator":1,"splitRatio":"4:1"}}},"indicators":{"quote":[{"open":[516.97,510.21,null],"high":[517.14,511.7,null],"low":[511.82,508.12,null],"close":[514.95,509.83,null],"volume":[110171800,107646300,null]}],"adjclose":[{"adjclose":[510.1,506.6,null]}]}}],"error":null}}',
    facts: 4,
  },
  {
    format: "stooq",
    name: "^spx_d.csv",
    text: "Date,Open,High,Low,Close,Volume\r\n2024-01-04,4697.42,4726.78,4687.53,4688.68,2073104389\r\n2024-01-05,4690.57,4721.49,4682.11,4697.24,2069372989\r\n",
    facts: 2,
  },
  {
    format: "fred-csv",
    name: "fredgraph.csv",
    text: "observation_date,DGS10,CPIAUCSL\n2024-01-01,,308.417\n2024-01-02,3.95,\n2024-01-03,3.91,\n2024-01-04,.,\n",
    facts: 3,
  },
  {
    format: "fred-csv",
    name: "CPIAUCSL.csv",
    text: "DATE,CPIAUCSL\n2024-01-01,309.685\n2024-02-01,311.054\n2024-03-01,.\n2024-04-01,313.016\n",
    facts: 3,
  },
  {
    format: "fred-json",
    name: "observations?series_id=CPIAUCSL&file_type=json",
    text: '{"realtime_start":"2024-01-01","realtime_end":"9999-12-31","units":"lin","count":4,"observations":[{"realtime_start":"2024-02-13","realtime_end":"2025-02-11","date":"2024-01-01","value":"308.417"},{"realtime_start":"2025-02-12","realtime_end":"9999-12-31","date":"2024-01-01","value":"309.794"},{"realtime_start":"2024-03-12","realtime_end":"9999-12-31","date":"2024-02-01","value":"."},{"realtime_start":"2025-03-12","realtime_end":"9999-12-31","date":"2024-01-01","value":"309.794"}]}',
    facts: 2,
  },
  {
    format: "alfred",
    name: "CPIAUCSL_vintages.json",
    text: '{"output_type":2,"observations":[{"date":"2023-12-01","CPIAUCSL_20240111":"308.85","CPIAUCSL_20240209":"308.742","CPIAUCSL_20240213":"308.742"},{"date":"2024-01-01","CPIAUCSL_20240111":".","CPIAUCSL_20240213":"309.685"}]}',
    facts: 3,
  },
  {
    format: "alfred",
    name: "CPIAUCSL_2.csv",
    text: "observation_date,CPIAUCSL_20240111,CPIAUCSL_20240209\n2023-11-01,308.024,308.087\n2023-12-01,308.85,308.85\n",
    facts: 3,
  },
  {
    format: "fred-release-dates",
    name: "release-dates.json",
    text: '{"realtime_start":"2025-01-01","count":4,"release_dates":[{"release_id":10,"date":"2025-09-11"},{"release_id":10,"date":"2025-10-24"},{"release_id":10,"date":"2025-12-18"},{"release_id":"54","date":"2019-03-01"},{"release_id":54,"date":"2019-03-29"},{"release_id":999,"date":"2019-03-29"}]}',
    facts: 5,
  },
  {
    format: "treasury-par-curve",
    name: "daily-treasury-rates.csv",
    text: 'Date,"1 Mo","1.5 Month","2 Mo","3 Mo","1 Yr","10 Yr"\n02/19/2025,4.37,4.36,4.37,4.33,4.22,4.53\n02/18/2025,4.37,,4.37,4.34,4.24,4.55\n',
    facts: 11,
  },
  {
    format: "effr",
    name: "effr.json",
    text: '{"refRates":[{"effectiveDate":"2024-10-11","type":"EFFR","percentRate":4.83,"targetRateFrom":4.75,"volumeInBillions":94,"revisionIndicator":""},{"effectiveDate":"2024-10-10","type":"EFFR","percentRate":"4.83"}]}',
    facts: 2,
  },
  {
    format: "shiller-csv",
    name: "data.csv",
    text: "Date,SP500,Dividend,Earnings,Consumer Price Index,Long Interest Rate,Real Price,Real Dividend,Real Earnings,PE10\n2018-01-01,2789.80,49.29,111.73,247.87,2.58,2810.0,49.6,112.5,33.31\n2018-02-01,2705.16,0.0,0.0,248.99,2.86,2712.0,0.0,0.0,32.12\n",
    facts: 14,
  },
  {
    format: "shiller-csv",
    name: "ie_data.csv",
    text: "Stock Market Data,,,,,,,\nDate,P,D,E,CPI,Fraction,Rate GS10,CAPE\n1871.09,4.84,0.26,0.4,12.27,1871.71,5.34,NA\n1871.1,4.59,0.26,0.4,12.56,1871.79,5.34,NA\n",
    facts: 10,
  },
  {
    format: "bis-reer",
    name: "eer.csv",
    text: "FREQ,EER_TYPE,EER_BASKET,REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nM,R,B,US,628,2024-01,107.57,A\nM,R,B,US,628,2024-02,NaN,M\nD,N,B,US,628,2024-01-02,110.1,A\n",
    facts: 1,
  },
  {
    format: "sec-company-facts",
    name: "CIK0000320193.json",
    text: '{"cik":320193,"entityName":"Apple Inc.","facts":{"us-gaap":{"Assets":{"label":"Assets","description":"x","units":{"USD":[{"end":"2023-09-30","val":352583000000,"accn":"0000320193-23-000106","fy":2023,"fp":"FY","form":"10-K","filed":"2023-11-03","frame":"CY2023Q3I"}]}},"Revenues":{"label":null,"description":null,"units":{"USD":[{"start":"2022-09-25","end":"2023-09-30","val":"383285000000","accn":"0000320193-23-000106","fy":2023,"fp":"FY","form":"10-K","filed":"2023-11-03"},{"end":"2023-09-30","val":null}]}}}}}',
    facts: 2,
  },
  {
    format: "deribit-dvol",
    name: "dvol_btc.json",
    text: '{"jsonrpc":"2.0","result":{"data":[[1704067200000,60.1,62.3,59.8,61.5],[1704153600000,61.5,66.6,61.1,64.2],[1704157200000,61.5,66.6,61.1,64.2]],"continuation":null},"testnet":false}',
    facts: 2,
  },
  {
    format: "event-dates",
    name: "cpi_release_dates.csv",
    text: "release_date,ref_month,source\n2025-10-24,2025-09,bls\n2025-12-18,2025-11,bls\n",
    facts: 2,
  },
  {
    format: "event-dates",
    name: "fomc.csv",
    text: "decision_date,type\n2020-01-29,scheduled\n2020-03-15,unscheduled\n2020-03-18,moved\n",
    facts: 2,
  },
  {
    format: "event-facts",
    name: "moved.csv",
    text: "kind,reference,date,status,known,note,source\ncpi,2025-09,2025-10-15,scheduled,2025-10-08 18:00,,bls\ncpi,2025-09,2025-10-24,scheduled,2025-10-10T22:00:00Z,moved,bls\ncpi,2025-10,2025-11-13,cancelled,2025-11-21 12:00,,bls\ncpi,2025-11,2025-12-18,moved,2025-11-21 12:00,,bls\n",
    facts: 3,
  },
  {
    format: "breadth-counts",
    name: "advances.csv",
    text: "date,nyse_adv,nyse_dec\n2024-01-04,797,756\n2024-01-05,208,166\n",
    facts: 2,
  },
  {
    format: "series-table",
    name: "etf_SPY.csv",
    text: "date,open,high,low,close,adj_close,volume\n2024-01-04,470.49,472.96,467.05,467.28,460.1,84232200\n2024-01-05,467.49,470.44,466.43,467.92,460.8,86060800\n2024-01-06,467.49,470.44,466.43,467.92,460.8,1\n",
    facts: 2,
  },
  {
    format: "series-table",
    name: "vx.csv",
    text: "date,contract,code,expiry,open,high,low,close,settle,volume,open_interest,source\n2004-03-26,2004-05,K04,2004-05-19,21.24,21.25,20.27,20.27,20.32,216,144,cfe\n2004-05-21,2004-07,N04,2004-07-14,,,,,,0,0,cfe\n",
    facts: 1,
  },
  {
    format: "series-table",
    name: "us_rates.csv",
    text: "date,DFF,DGS10,source\n2024-01-04,5.33,3.99,h15\n2024-01-05,5.33,4.05,h15\n2024-01-06,5.33,,h15\n",
    facts: 5,
  },
];

/** An import long after every sample. */
export const IMPORTED_AT: Instant = instantAt(calendarDate("2027-06-01"), "12:00", "America/New_York");

/** Everything that a format makes of a source. */
export interface Reading {
  readonly format: string;
  readonly facts: readonly Parsed[];
  readonly remarks: readonly Remark[];
}

/** Reads a text with the format that recognizes it, or with one that is named. */
export async function readText(
  name: string,
  text: string | Uint8Array,
  options: ReadTextOptions = {},
): Promise<Reading> {
  const source = memorySource(name, text);
  const format: Format = formatOf(await openingOf(source), options.format);
  const facts: Parsed[] = [];
  const remarks: Remark[] = [];
  const { format: _, ...rest } = options;
  for await (const batch of format.read(source, { importedAt: IMPORTED_AT, ...rest })) {
    facts.push(...batch.facts);
    remarks.push(...batch.remarks);
  }
  return { format: format.id, facts, remarks };
}

/** What a reading may be told. */
export interface ReadTextOptions {
  readonly format?: string;
  readonly series?: string;
  readonly importedAt?: Instant;
  readonly columns?: Readonly<Record<string, string>>;
}

/** How many remarks of each rule. */
export function rulesOf({ remarks }: Pick<Reading, "remarks">): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule } of remarks) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
