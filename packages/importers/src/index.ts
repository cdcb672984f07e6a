export { BUNDLED_INDEX_DETAIL, bundledIndex } from "./bundled.ts";
export { readDailyFile, readFuturesFile, readIndexFile, type SeriesFile } from "./series-file.ts";
