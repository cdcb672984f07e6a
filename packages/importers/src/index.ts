export { BUNDLED_INDEX_DETAIL, bundledEvents, bundledIndex } from "./bundled.ts";
export { readDate } from "./dates.ts";
export type { Format, Opening, Parsed, ParsedBatch, ReadOptions, Remark, Source } from "./format.ts";
export { FORMATS, formatOf } from "./formats.ts";
export {
  type IndexFile,
  readDailyFile,
  readFuturesFile,
  readIndexFile,
  type SeriesFile,
} from "./series-file.ts";
export { fileSource, memorySource, openingOf } from "./source.ts";
export { malformed, type Row, readNumber, readTable } from "./table.ts";
