// What is looked at before a Parquet file is unpacked. The unpacker trusts sizes and counts: a damaged one makes it walk in
// circles or fill the memory with one number. Every page of the columns wanted is checked, and every run of repeated values.

import type { ColumnMetaData, FileMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { compressors } from "hyparquet-compressors";

/** Throws where the pages of a column contradict the file's index, or themselves. Only flat columns are known. */
export function checkPages(bytes: Uint8Array, metadata: FileMetaData, columns: readonly string[]): void {
  let total = 0;
  for (const { columns: chunks, num_rows } of metadata.row_groups) {
    const rows = Number(num_rows);
    check(rows >= 0 && rows <= MAX_ROWS, `${rows} rows in a group`);
    total += rows;
    for (const { meta_data: chunk } of chunks) {
      check(chunk !== undefined, "a column without an index");
      const name = chunk.path_in_schema.join(".");
      if (columns.includes(name)) checkChunk(bytes, chunk, { rows, isOptional: isOptional(metadata, name) });
    }
  }
  check(total === Number(metadata.num_rows), `${metadata.num_rows} rows, ${total} in the groups`);
}

const MAX_ROWS = 1e8;
const MAX_PAGE_BYTES = 2 ** 28;

function isOptional({ schema }: FileMetaData, name: string): boolean {
  const element = schema.find((candidate) => candidate.name === name);
  check(element?.repetition_type !== "REPEATED" && element?.num_children === undefined, `${name} not flat`);
  return element?.repetition_type === "OPTIONAL";
}

interface Chunk {
  readonly rows: number;
  /** Whether each page begins with a level that tells which of its values are missing. */
  readonly isOptional: boolean;
}

function checkChunk(bytes: Uint8Array, chunk: ColumnMetaData, { rows, isOptional: hasLevels }: Chunk): void {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  check(start >= 4 && end > start && end <= bytes.length, `a column from ${start} to ${end}`);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, end - start), offset: 0 };
  let values = 0;
  while (values < rows) {
    const header = parquetHeader(reader);
    const { compressed_page_size: size, uncompressed_page_size: fullSize } = header;
    check(isCount(size, end - start - reader.offset), `a page of ${size} bytes`);
    check(isCount(fullSize, MAX_PAGE_BYTES), `a page of ${fullSize} unpacked bytes`);
    const page = bytes.subarray(start + reader.offset, start + reader.offset + size);
    values += checkPage(page, header, { codec: chunk.codec, left: rows - values, hasLevels });
    reader.offset += size;
  }
}

interface PageContext {
  readonly codec: ColumnMetaData["codec"];
  /** Rows of the group that are still to come. */
  readonly left: number;
  readonly hasLevels: boolean;
}

/** The number of values of a page. */
function checkPage(packed: Uint8Array, header: PageHeader, { codec, left, hasLevels }: PageContext): number {
  if (header.type === "DICTIONARY_PAGE") {
    const count = header.dictionary_page_header?.num_values;
    check(isCount(count, header.uncompressed_page_size), `a dictionary of ${count}`);
    return 0;
  }
  const { data_page_header: first, data_page_header_v2: second } = header;
  if (header.type === "DATA_PAGE" && first !== undefined) {
    check(isCount(first.num_values, left) && first.num_values > 0, `a page of ${first.num_values} values`);
    const page = decompressPage(packed, header.uncompressed_page_size, codec, compressors);
    const levelsEnd = hasLevels ? checkLevels(page, first.num_values) : 0;
    checkValues(page.subarray(levelsEnd), first.encoding, first.num_values);
    return first.num_values;
  }
  check(header.type === "DATA_PAGE_V2" && second !== undefined, `a page of type ${header.type}`);
  const { num_values: count, num_nulls: nulls, definition_levels_byte_length: levels } = second;
  check(isCount(count, left) && count > 0 && second.num_rows === count, `a page of ${count} values`);
  check(isCount(nulls, count) && isCount(levels, packed.length), `${nulls} missing values`);
  check(second.repetition_levels_byte_length === 0, "values that are lists");
  if (hasLevels) checkRuns(packed, 1, count);
  const rest = packed.subarray(levels);
  const isPacked = second.is_compressed !== false;
  const values = isPacked
    ? decompressPage(rest, header.uncompressed_page_size - levels, codec, compressors)
    : rest;
  checkValues(values, second.encoding, count - nulls);
  return count;
}

/** Checks the levels at the beginning of a page and gives where they end. */
function checkLevels(page: Uint8Array, count: number): number {
  const size = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(0, true);
  check(isCount(size, page.length - 4), `levels of ${size} bytes`);
  checkRuns(page.subarray(4), 1, count);
  return 4 + size;
}

function checkValues(values: Uint8Array, encoding: string, count: number): void {
  if (encoding === "PLAIN") return;
  if (encoding === "BYTE_STREAM_SPLIT") return;
  check(encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY", `values encoded as ${encoding}`);
  const [width = 0] = values;
  check(width <= 32, `indices of ${width} bits`);
  if (width > 0) checkRuns(values.subarray(1), width, count);
}

/**
 * Checks runs of repeated and of packed values as the unpacker reads them, which is to the last value and not to the end that
 * the page tells: none is much longer than what is left. Where the bytes break off the unpacker says so itself.
 */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  let at = 0;
  let seen = 0;
  while (seen < count && at < bytes.length) {
    let header = 0;
    let shift = 0;
    let byte = 0x80;
    while (byte >= 0x80) {
      check(shift < 35, "a run without an end");
      byte = bytes[at] ?? 0;
      header += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      at += 1;
    }
    const isPacked = header % 2 === 1;
    const length = isPacked ? ((header - 1) / 2) * 8 : header / 2;
    check(seen + length <= count + MAX_PADDING, `a run of ${length}`);
    seen += length;
    at += isPacked ? (length / 8) * width : Math.ceil(width / 8);
  }
}

/** Writers round runs up, DuckDB to its vectors. */
const MAX_PADDING = 4096;

function isCount(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}

function check(condition: boolean, found: string): asserts condition {
  if (!condition)
    throw new RangeError(`a page or index that is damaged or of a kind not read here: ${found}`);
}
