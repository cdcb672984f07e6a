/** Layout of the stream of records in a workbook of Excel 97 to 2003: Microsoft, [MS-XLS], 2.1.4 and 2.3. */
const BOF = 0x0809;
const EOF = 0x000a;
const FORMULA = 0x0006;
const BIFF8 = 0x0600;
/** Of no record. */
const UNKNOWN = 0xfffe;

/** What holds cells and texts, and what these rest on. */
const KEPT: ReadonlySet<number> = new Set([
  ...[BOF, EOF, 0x0085, 0x0042, 0x002f, 0x00fc, 0x003c, 0x0200],
  ...[0x0203, 0x027e, 0x00bd, 0x00fd, 0x0204, 0x0205, 0x0207],
]);

/**
 * Leaves of such a stream, in place, what holds cells and their texts, and of a formula its value. The formulas of a damaged
 * file send the library round for ever, and nothing else of it is wanted. Throws where a record ends beyond the stream.
 */
export function leaveCells(stream: Uint8Array): void {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (view.getUint16(0, true) !== BOF || view.getUint16(4, true) !== BIFF8) {
    throw new Error("a workbook from before Excel 97");
  }
  let depth = 0;
  let at = 0;
  while (at + 4 <= stream.length) {
    const kind = view.getUint16(at, true);
    const size = view.getUint16(at + 2, true);
    // Nothing follows the last sheet but padding.
    if (depth === 0 && kind !== BOF) return;
    if (at + 4 + size > stream.length) throw new Error("a record beyond the end");
    if (kind === BOF) depth += 1;
    if (kind === EOF) depth -= 1;
    if (kind === FORMULA) leaveValue(view, { at: at + 4, size });
    else if (!KEPT.has(kind)) view.setUint16(at, UNKNOWN, true);
    at += 4 + size;
  }
}

/** Cell, value and flags take 20 bytes, the size of the formula two; FFFF is none. */
function leaveValue(view: DataView, { at, size }: { readonly at: number; readonly size: number }): void {
  if (size < 22) throw new Error("a formula without its value");
  view.setUint16(at + 20, 0xffff, true);
}
