import { describe, expect, test } from "vitest";
import { leaveCells } from "./workbook-records.ts";

function record(kind: number, content: readonly number[]): readonly number[] {
  return [kind & 0xff, kind >> 8, content.length & 0xff, content.length >> 8, ...content];
}

const begin = record(0x0809, [0x00, 0x06, 0x10, 0x00]);
const end = record(0x000a, []);
/** A cell, its value, flags, and the tokens of a formula that claims five bytes. */
const formula = [...Array.from({ length: 20 }, (_, i) => i), 5, 0, 1, 2, 3];

function left(...records: readonly (readonly number[])[]): readonly number[] {
  const stream = Uint8Array.from(records.flat());
  leaveCells(stream);
  return [...stream];
}

describe("leaveCells", () => {
  test("keeps numbers and texts, names the rest unknown, and takes a formula's tokens away", () => {
    const number = record(
      0x0203,
      Array.from({ length: 14 }, () => 7),
    );
    const chart = [begin, record(0x1002, [1, 2]), end].flat();
    expect(left(begin, record(0x00e0, [9, 9]), number, record(0x0006, formula), chart, end)).toEqual(
      [
        begin,
        record(0xfffe, [9, 9]),
        number,
        record(0x0006, formula.with(20, 0xff).with(21, 0xff)),
        [begin, record(0xfffe, [1, 2]), end].flat(),
        end,
      ].flat(),
    );
  });

  test("leaves what follows the last sheet", () => {
    const padding = [0, 0, 0xff, 0xff, 0];
    expect(left(begin, end, begin, end, padding)).toEqual([begin, end, begin, end, padding].flat());
  });

  test.each([
    ["a workbook of Excel 5", [record(0x0809, [0x00, 0x05, 0x10, 0x00])], /before Excel 97/],
    ["no workbook", [end, end], /before Excel 97/],
    ["a record that does not end", [begin, [0x03, 0x02, 0x0e, 0x00, 1]], /beyond the end/],
    ["a formula without a value", [begin, record(0x0006, [1, 2])], /without its value/],
    ["nothing", [[]], /./],
  ])("refuses %s", (_, records, message) => {
    expect(() => left(...records)).toThrow(message);
  });
});
