import { PAGE_SAMPLES } from "../../../../packages/importers/src/testing/page-samples.ts";
import { SHILLER_SHEET, workbook } from "../../../../packages/importers/src/testing/workbook-samples.ts";

/** What a vendor would send from an address, in its exact format and small; undefined where nothing is there. */
export function feedSample(path: string): string | Uint8Array | undefined {
  for (const [pattern, make] of SAMPLES) {
    const found = pattern.exec(path);
    if (found !== null) return make(found[1] ?? "", found[2] ?? "");
  }
  return undefined;
}

type MakeSample = (first: string, second: string) => string | Uint8Array | undefined;

const CODES = "FGHJKMNQUVXZ";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const VX_HEADER = "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest";

/** Without the row that tells July's prices before July is over. */
const SCHEDULE = (PAGE_SAMPLES[1]?.text ?? "").replace("Jul. 14, 2027", "Aug. 11, 2027");

const SAMPLES: readonly (readonly [RegExp, MakeSample])[] = [
  [
    /daily_prices\/(VVIX|SKEW|OVX|DSPX|VIXEQ)_History\.csv$/,
    (symbol) => `DATE,${symbol}\n11/19/2026,91.5\n11/20/2026,92.25\n`,
  ],
  [
    /daily_prices\/(\w+)_History\.csv$/,
    (symbol) =>
      `DATE,OPEN,HIGH,LOW,CLOSE\n11/19/2026,17,18,16,17.5\n11/20/2026,17,18,16,17.${digitsOf(symbol)}\n`,
  ],
  [/VX\/VX_(\d{4}-\d{2}-\d{2})\.csv$/, (date) => currentContract(date)],
  [/CFE_([A-Z])(\d{2})_VX\.csv$/, (code, year) => archivedContract(code, year)],
  [
    /settlement\/csv\?dt=(.*)$/,
    (date) =>
      `Product,Symbol,Expiration Date,Price\nVX,VX/F7,2027-01-20,19.${date.slice(8)}\nVXM,VXM/F7,2027-01-20,19.1053\n`,
  ],
  [
    /daily-treasury-rates\.csv\/(\d{4})\//,
    (year) =>
      `Date,"1 Mo","1.5 Month","2 Mo","3 Mo","1 Yr","10 Yr"\n02/19/${year},4.37,4.36,4.37,4.33,4.22,4.53\n02/18/${year},4.37,,4.37,4.34,4.24,4.55\n`,
  ],
  [
    /effr\/search\.json\?startDate=(\d{4})/,
    (year) =>
      `{"refRates":[{"effectiveDate":"${year}-10-11","type":"EFFR","percentRate":4.83},{"effectiveDate":"${year}-10-10","type":"EFFR","percentRate":"4.81"}]}`,
  ],
  [
    /fredgraph\.csv\?id=(\w+)$/,
    (series) => `observation_date,${series}\n2026-09-01,308.417\n2026-10-01,309.${digitsOf(series)}\n`,
  ],
  [
    /fred\/series\/observations\?series_id=(\w+)&realtime_start=(\d{4})/,
    (series, from) => vintages(series, from),
  ],
  [
    /fred\/release\/dates\?release_id=(\d+)&/,
    (id) =>
      `{"realtime_start":"2026-01-01","count":1,"release_dates":[{"release_id":${id},"date":"2026-11-13"}]}`,
  ],
  [/fomccalendars\.htm$/, () => PAGE_SAMPLES[0]?.text.replace("31-32", "31-1")],
  [/news_release\/cpi\.htm$/, () => SCHEDULE],
  [/news_release\/ppi\.htm$/, () => SCHEDULE.replace("Consumer", "Producer")],
  [/ie_data\.xls$/, () => workbook({ Data: SHILLER_SHEET })],
  [
    /WS_EER/,
    () =>
      "FREQ,EER_TYPE,EER_BASKET,REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE\nM,R,B,US,628,2026-09,107.57\n",
  ],
  [
    /companyfacts\/CIK(\d{10})\.json$/,
    (cik) =>
      `{"cik":${Number(cik)},"entityName":"Bank","facts":{"us-gaap":{"Deposits":{"label":"Deposits","units":{"USD":[{"end":"2026-09-30","val":"352583000000","accn":"0000320193-26-000106","fy":2026,"fp":"Q3","form":"10-Q","filed":"2026-11-03"}]}}}}}`,
  ],
  [
    /currency=(\w+)&start_timestamp=(\d+)/,
    (coin, start) =>
      `{"jsonrpc":"2.0","result":{"data":[[${start},60.${coin.charCodeAt(0)},66,59,61.5]],"continuation":null}}`,
  ],
];

function currentContract(date: string): string {
  const month = Number(date.slice(5, 7)) - 1;
  const label = `${CODES[month]} (${MONTHS[month]} ${date.slice(0, 4)})`;
  // A day on which the contract is listed and has not settled.
  const day = date > "2026-11-20" ? "2026-11-20" : date;
  return `${VX_HEADER}\n${day},${label},20.1,21,19.5,20.5,20.45,0.1,34567,0,123456\n`;
}

function archivedContract(code: string, year: string): string {
  const label = `${code} (${MONTHS[CODES.indexOf(code)]} ${year})`;
  const price = Number(year) < 7 ? 181.9 : 18.19;
  return `${VX_HEADER}\n1/2/20${year},${label},0,0,0,0,${price},0,12,0,0,\n`;
}

/** A number that is another for each symbol: the store knows content that it has by its hash alone. */
function digitsOf(symbol: string): string {
  return [...symbol].map((letter) => letter.charCodeAt(0) % 10).join("");
}

function vintages(series: string, from: string): string {
  const year = from === "1776" ? 2005 : Number(from) + 1;
  return `{"realtime_start":"${from}-01-01","realtime_end":"9999-12-31","count":2,"observations":[{"realtime_start":"${year}-02-13","realtime_end":"${year}-03-11","date":"${year}-01-01","value":"308.${digitsOf(series)}"},{"realtime_start":"${year}-03-12","realtime_end":"9999-12-31","date":"${year}-01-01","value":"308.5"}]}`;
}
