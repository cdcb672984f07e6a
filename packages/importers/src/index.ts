export { BUNDLED_INDEX_DETAIL, bundledIndex } from "./bundled.ts";
export {
  type IndexFile,
  readDailyFile,
  readFuturesFile,
  readIndexFile,
  type SeriesFile,
} from "./series-file.ts";
