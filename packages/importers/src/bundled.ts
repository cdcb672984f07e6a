import { fileURLToPath } from "node:url";
import type { Source } from "./format.ts";
import { fileSource } from "./source.ts";

/** The package that carries the bundled history; its version is pinned in this package's manifest. */
export const BUNDLED_INDEX_DETAIL = "S&P 500 daily bars, vega-datasets data/sp500-2000.csv (BSD-3-Clause)";

/** The S&P 500 from 2000-01-03 to 2020-04-17, a `series-table`: the only prices that come with the product. */
export async function bundledIndex(): Promise<Source> {
  // The package exports its code alone; its data folder stands beside the code.
  const entry = import.meta.resolve("vega-datasets");
  return await fileSource(fileURLToPath(new URL("../data/sp500-2000.csv", entry)));
}

/**
 * The calendar of events that comes with the product, in the format `event-facts`: closures and early closes from 1990 to
 * 2027, decisions of the FOMC from 2000, releases of the CPI from 2004 and of the PPI from 2015.
 */
export async function bundledEvents(): Promise<Source> {
  return await fileSource(fileURLToPath(new URL("../data/events.csv", import.meta.url)));
}
