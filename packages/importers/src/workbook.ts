import { inflateRawSync } from "node:zlib";
import type { CellObject, WorkSheet } from "@e965/xlsx";
import type { Source } from "./format.ts";
import { notThis } from "./json-records.ts";
import { leaveCells } from "./workbook-records.ts";

/** One sheet of a workbook, row by row; empty rows and cells are empty. */
export interface Sheet {
  readonly rows: readonly (readonly (string | number)[])[];
  readonly bytesRead: number;
}

/** Whether bytes begin as a workbook of Excel does: an OLE2 file, or a ZIP archive. */
export function beginsLikeWorkbook(bytes: Uint8Array): boolean {
  return isOle2(bytes) || isZip(bytes);
}

/**
 * Reads one sheet of a workbook, `.xls` or `.xlsx`, as far as 10,000 rows and 64 columns. Fails with `data.malformed` where it
 * is no whole workbook, is too large to be one of ours, or lacks the sheet.
 */
export async function readSheet(source: Source, name: string): Promise<Sheet> {
  const bytes = await bytesOf(source);
  if (!beginsLikeWorkbook(bytes)) throw notThis(source, "a workbook of Excel", "another file");
  // 900 KB of code that few imports need.
  const { CFB, read } = await import("@e965/xlsx");
  let book: ReturnType<typeof read>;
  try {
    const safe = isZip(bytes) ? unpackable(bytes) : withCellsAlone(bytes, CFB);
    const plain = { cellFormula: false, cellHTML: false, cellText: false };
    const options = { type: "buffer", dense: true, sheets: name, sheetRows: MAX_ROWS, ...plain } as const;
    book = silently(() => read(safe, options));
  } catch (cause) {
    // Whatever the library throws, the file is the reason.
    const message = cause instanceof Error ? cause.message : String(cause);
    throw notThis(source, "a whole workbook of Excel", message.slice(0, 200), cause);
  }
  const sheet = Object.hasOwn(book.Sheets, name) ? book.Sheets[name] : undefined;
  if (sheet === undefined) throw notThis(source, `a sheet ${name}`, book.SheetNames.join(", ").slice(0, 200));
  return { rows: rowsOf(sheet), bytesRead: bytes.length };
}

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_ROWS = 10_000;
const MAX_COLUMNS = 64;

async function bytesOf(source: Source): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.bytes()) {
    size += chunk.length;
    if (size > MAX_BYTES) throw notThis(source, `a workbook of up to ${MAX_BYTES} bytes`, "a larger one");
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function isOle2(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, i) => bytes[i] === byte);
}

function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, i) => bytes[i] === byte);
}

/** The archive, if its entries are not too large together: the library unpacks them all. Layout: PKWARE, APPNOTE.TXT, 4.3. */
function unpackable(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf("PK\u0005\u0006");
  if (end < 0) throw new Error("an archive without an end");
  let left = MAX_UNPACKED;
  let at = bytes.readUInt32LE(end + 16);
  for (let entries = bytes.readUInt16LE(end + 10); entries > 0; entries -= 1) {
    const packed = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    const isDeflated = bytes.readUInt16LE(at + 10) === 8;
    left -= isDeflated ? inflateRawSync(content, { maxOutputLength: left }).length : content.length;
    if (left <= 0) throw new Error(`more than ${MAX_UNPACKED} bytes unpacked`);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + bytes.readUInt16LE(at + field), 0);
  }
  return bytes;
}

/** What the library exports of containers; it declares no types of them. */
interface Containers {
  readonly read: (bytes: Buffer, options: object) => object;
  readonly find: (container: object, path: string) => { readonly content?: ArrayLike<number> } | null;
  readonly write: (container: object, options: object) => Buffer;
  readonly utils: {
    readonly cfb_new: () => object;
    readonly cfb_add: (container: object, path: string, content: Buffer) => void;
  };
}

/** A workbook of Excel 97 to 2003 without all that is no cell. */
function withCellsAlone(bytes: Buffer, { read, find, write, utils }: Containers): Buffer {
  const { content } = find(read(bytes, { type: "buffer" }), "/Workbook") ?? {};
  if (content === undefined) throw new Error("no stream Workbook");
  const stream = Buffer.from(content);
  leaveCells(stream);
  const container = utils.cfb_new();
  utils.cfb_add(container, "/Workbook", stream);
  return write(container, { type: "buffer" });
}

/** The library writes to the console about every record that it does not know. */
function silently<Result>(call: () => Result): Result {
  const { error } = console;
  console.error = () => {};
  try {
    return call();
  } finally {
    console.error = error;
  }
}

function rowsOf(sheet: WorkSheet): Sheet["rows"] {
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet["!data"] ?? [];
  // The list may have gaps, which only an index sees.
  return Array.from(rows.slice(0, MAX_ROWS), (row) =>
    Array.from((row ?? []).slice(0, MAX_COLUMNS), (cell) => valueOfCell(cell)),
  );
}

function valueOfCell(cell: CellObject | undefined): string | number {
  if (cell === undefined || cell === null || cell.t === "e" || cell.t === "z") return "";
  return typeof cell.v === "number" ? cell.v : String(cell.v ?? "").trim();
}
