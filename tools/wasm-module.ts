// The binary format of WebAssembly 2.0 with vector instructions, as far as compile-passes.ts needs it.
// https://webassembly.github.io/spec/core/binary

/** Instructions, encoded. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const V128 = 0x7b;

const vector = (...bytes: readonly number[]): Code => [0xfd, ...bytes];

/** Instructions without operands in the code. */
export const op = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  i32Add: [0x6a],
  i32Shl: [0x74],
  i32GeU: [0x4f],
  i64x2Splat: vector(0x12),
  i64x2Shl: vector(0xcb, 0x01),
  i64x2ShrU: vector(0xcd, 0x01),
  i64x2Add: vector(0xce, 0x01),
  lt: vector(0x49),
  gt: vector(0x4a),
  and: vector(0x4e),
  abs: vector(0xec, 0x01),
  neg: vector(0xed, 0x01),
  sqrt: vector(0xef, 0x01),
  add: vector(0xf0, 0x01),
  sub: vector(0xf1, 0x01),
  mul: vector(0xf2, 0x01),
  div: vector(0xf3, 0x01),
} as const satisfies Record<string, Code>;

export const localGet = (local: number): Code => [0x20, ...unsigned(local)];
export const localSet = (local: number): Code => [0x21, ...unsigned(local)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const i64Const = (value: number): Code => [0x42, ...signed(value)];
export const branch = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const branchIf = (depth: number): Code => [0x0d, ...unsigned(depth)];
export const i32Load = (offset: number): Code => [0x28, 2, ...unsigned(offset)];
export const loadBoth = (offset: number): Code => vector(0x00, 3, ...unsigned(offset));
export const storeBoth = (offset: number): Code => vector(0x0b, 3, ...unsigned(offset));
export const loadOneForBoth = (offset: number): Code => vector(0x0a, 3, ...unsigned(offset));
export const loadFirst = (offset: number): Code => vector(0x5d, 3, ...unsigned(offset));
export const loadSecond = (offset: number): Code => vector(0x57, 3, ...unsigned(offset), 1);
export const storeLane = (offset: number, lane: number): Code => vector(0x5b, 3, ...unsigned(offset), lane);

/** A function of one i32 parameter without a result. */
export interface PassFunction {
  readonly name: string;
  /** i32 locals after the parameter, then v128 locals. */
  readonly i32Locals: number;
  readonly v128Locals: number;
  readonly code: Code;
}

/** A module that imports `scratch.memory`, puts `constants` at an address in it and exports the functions. */
export function wasmModule(
  functions: readonly PassFunction[],
  pages: number,
  constants: { readonly at: number; readonly values: readonly number[] },
): Uint8Array {
  const bytes = new Uint8Array(new Float64Array(constants.values).buffer);
  const sections = [
    section(1, list([[0x60, ...list([[I32]]), ...list([])]])),
    section(
      2,
      list([[...name("scratch"), ...name("memory"), 0x02, 0x01, ...unsigned(pages), ...unsigned(pages)]]),
    ),
    section(3, list(functions.map(() => [0]))),
    section(7, list(functions.map((each, index) => [...name(each.name), 0x00, ...unsigned(index)]))),
    section(10, list(functions.map(body))),
    section(11, list([[0x00, ...i32Const(constants.at), ...op.end, ...sized([...bytes])]])),
  ];
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}

function body({ i32Locals, v128Locals, code }: PassFunction): Code {
  const locals = list([
    [...unsigned(i32Locals), I32],
    [...unsigned(v128Locals), V128],
  ]);
  return sized([...locals, ...code, ...op.end]);
}

function section(id: number, content: Code): Code {
  return [id, ...sized(content)];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function name(text: string): Code {
  return sized([...Buffer.from(text)]);
}

function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
