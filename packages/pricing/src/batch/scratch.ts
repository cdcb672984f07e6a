// Where the batch functions work: columns of one block of rows, small enough for the processor's first cache. They lie in a
// WebAssembly memory where there is one, so that two-lane passes (compiled-passes.ts) and script work on the same bytes.

/** The little of WebAssembly that is used; neither it nor the memory need exist. */
interface Memory {
  readonly buffer: ArrayBuffer;
}
declare const WebAssembly:
  | { readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => Memory }
  | undefined;

/** Rows of a block. */
export const BLOCK = 256;

// A row more of two lanes: the second lane of an odd count falls on it.
const ROWS = BLOCK + 2;
const PAGES = 2;
const BYTES = PAGES * 65_536;
const LISTS_AT = 98_304;
/** Where compiled passes keep their constants. */
export const CONSTANTS_AT: number = 114_688;

/** Memory to hand to compiled passes; `undefined` where there is no WebAssembly. */
export const MEMORY: Memory | undefined = newMemory();
const BUFFER: ArrayBuffer = MEMORY?.buffer ?? new ArrayBuffer(BYTES);

function newMemory(): Memory | undefined {
  if (typeof WebAssembly === "undefined") return undefined;
  try {
    return new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  } catch {
    return undefined;
  }
}

/** A row's terms; 0 for a call and 1 for a put. */
export const IS_PUT: Float64Array = column(19);
export const SPOT: Float64Array = column(20);
export const STRIKE: Float64Array = column(21);
export const YEARS: Float64Array = column(22);
export const VOLATILITY: Float64Array = column(23);
export const RATE: Float64Array = column(24);
export const DIVIDEND_YIELD: Float64Array = column(25);
export const IS_ORDINARY: Float64Array = column(26);
/** A row's results, where nothing else is needed any more. */
export const PRICE: Float64Array = column(27);
export const DELTA: Float64Array = column(28);
export const GAMMA: Float64Array = column(29);
export const VEGA: Float64Array = column(30);
export const THETA: Float64Array = column(31);
export const RHO: Float64Array = column(32);
export const PUT_PRICE: Float64Array = column(33);
export const PUT_DELTA: Float64Array = column(34);
export const PUT_THETA: Float64Array = column(35);
export const PUT_RHO: Float64Array = column(36);
/**
 * Columns; every value is written before it is read. The numbers are places, and tools/compile-passes.ts reads them here.
 * The names are those of european.ts, with EXPONENT for -dividendYield * years and S for (spot - strike) / (spot + strike).
 */
export const TOTAL: Float64Array = column(0);
export const ROOT_YEARS: Float64Array = column(1);
export const EXPONENT: Float64Array = column(2);
export const DRIFT: Float64Array = column(3);
export const S: Float64Array = column(4);
export const YIELD_FACTOR: Float64Array = column(5);
export const GROWTH: Float64Array = column(6);
export const X: Float64Array = column(7);
export const H: Float64Array = column(8);
export const U: Float64Array = column(9);
export const H_PLUS_T: Float64Array = column(10);
export const K: Float64Array = column(11);
export const HIGH: Float64Array = column(12);
export const LOW: Float64Array = column(13);
/** exp(-u^2 / 2). */
export const BELL: Float64Array = column(14);
/** E(h + t). */
export const FAR_TAIL: Float64Array = column(15);
/** The time value is smaller * (BASE + bell * DIFFERENCE). */
export const BASE: Float64Array = column(16);
export const DIFFERENCE: Float64Array = column(17);
/** ln DIFFERENCE. */
export const LOG: Float64Array = column(18);

/** Rows by how they are answered; each row's place in the block. */
export const SLOW: Int32Array = list(0);
export const WIDE: Int32Array = list(1);
export const SERIES: Int32Array = list(2);
export const PLAIN: Int32Array = list(3);
export const WORTHLESS: Int32Array = list(4);

function column(place: number): Float64Array {
  return new Float64Array(BUFFER, place * ROWS * 8, ROWS);
}

function list(place: number): Int32Array {
  return new Int32Array(BUFFER, LISTS_AT + place * 2 * ROWS * 4, 2 * ROWS);
}
