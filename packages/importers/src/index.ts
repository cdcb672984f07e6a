export { BUNDLED_INDEX_DETAIL, bundledEvents, bundledIndex } from "./bundled.ts";
export type { Format, Opening, Parsed, ParsedBatch, ReadOptions, Remark, Source } from "./format.ts";
export { FORMATS, formatOf } from "./formats.ts";
export { readSource, type WholeReadOptions, type WholeSource } from "./read-source.ts";
export { fileSource, memorySource, openingOf } from "./source.ts";
export { malformed } from "./table.ts";
