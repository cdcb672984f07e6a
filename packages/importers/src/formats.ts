import { Failure } from "@steward/model";
import type { Format, Opening } from "./format.ts";
import { alfred } from "./formats/alfred.ts";
import { bisReer } from "./formats/bis-reer.ts";
import { blsSchedule } from "./formats/bls-schedule.ts";
import { breadthCounts } from "./formats/breadth-counts.ts";
import { cboeChainJson } from "./formats/cboe-chain-json.ts";
import { cboeDatashop } from "./formats/cboe-datashop.ts";
import { cboeIndexHistory } from "./formats/cboe-index-history.ts";
import { cboeIndexJson } from "./formats/cboe-index-json.ts";
import { cboeQuotedata } from "./formats/cboe-quotedata.ts";
import { chainTable } from "./formats/chain-table.ts";
import { deribitDvol } from "./formats/deribit-dvol.ts";
import { effr } from "./formats/effr.ts";
import { eventDates } from "./formats/event-dates.ts";
import { eventFacts } from "./formats/event-facts.ts";
import { fomcCalendar } from "./formats/fomc-calendar.ts";
import { fredCsv } from "./formats/fred-csv.ts";
import { fredJson } from "./formats/fred-json.ts";
import { fredReleaseDates } from "./formats/fred-release-dates.ts";
import { historicaloptiondata } from "./formats/historicaloptiondata.ts";
import { ivolatility } from "./formats/ivolatility.ts";
import { optionsdx } from "./formats/optionsdx.ts";
import { orats } from "./formats/orats.ts";
import { philippdubach } from "./formats/philippdubach.ts";
import { secCompanyFacts } from "./formats/sec-company-facts.ts";
import { seriesTable } from "./formats/series-table.ts";
import { shillerCsv } from "./formats/shiller-csv.ts";
import { shillerXls } from "./formats/shiller-xls.ts";
import { stooq } from "./formats/stooq.ts";
import { thetadata } from "./formats/thetadata.ts";
import { treasuryParCurve } from "./formats/treasury-par-curve.ts";
import { volatilityTable } from "./formats/volatility-table.ts";
import { vxContract } from "./formats/vx-contract.ts";
import { vxSettlement } from "./formats/vx-settlement.ts";
import { yahooChart } from "./formats/yahoo-chart.ts";

/** Every format, the most particular first: the first that recognizes an opening is taken. */
export const FORMATS: readonly Format[] = [
  cboeIndexHistory,
  cboeQuotedata,
  cboeChainJson,
  cboeDatashop,
  optionsdx,
  historicaloptiondata,
  ivolatility,
  orats,
  thetadata,
  philippdubach,
  chainTable,
  volatilityTable,
  cboeIndexJson,
  vxContract,
  vxSettlement,
  yahooChart,
  stooq,
  alfred,
  fredCsv,
  fredJson,
  fredReleaseDates,
  treasuryParCurve,
  effr,
  shillerCsv,
  shillerXls,
  bisReer,
  secCompanyFacts,
  deribitDvol,
  eventDates,
  eventFacts,
  fomcCalendar,
  blsSchedule,
  breadthCounts,
  seriesTable,
];

/** The format of a name, or the one that recognizes the opening. Fails with `input.invalid` or `data.malformed`. */
export function formatOf(opening: Opening, forced?: string): Format {
  if (forced !== undefined) {
    const named = FORMATS.find(({ id }) => id === forced);
    if (named !== undefined) return named;
    const message = `expected a format of ${FORMATS.map(({ id }) => id).join(", ")}, found ${forced}`;
    throw new Failure("input.invalid", message);
  }
  const format = FORMATS.find(({ recognizes }) => recognizes(opening));
  if (format !== undefined) return format;
  const start = JSON.stringify(opening.text.slice(0, 60));
  const message = `${opening.name}: expected a format that steward knows (see steward data import --help, or describe the columns with --columns), found ${start}`;
  throw new Failure("data.malformed", message, { details: { path: opening.name } });
}
