export { BUNDLED_INDEX_DETAIL, bundledIndex } from "./bundled.ts";
export { readDate } from "./dates.ts";
export {
  type IndexFile,
  readDailyFile,
  readFuturesFile,
  readIndexFile,
  type SeriesFile,
} from "./series-file.ts";
export { malformed, type Row, readNumber, readTable } from "./table.ts";
