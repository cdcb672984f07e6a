import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readDailyFile, readFuturesFile, readIndexFile } from "./series-file.ts";
import { failureOf, lines, openFolder } from "./testing/files.ts";

const folder = openFolder();
afterAll(folder.remove);

const header = "date,open,high,low,close";
const good = lines(
  header,
  "2019-06-03,2751.53,2763.07,2728.81,2744.45",
  "2019-06-04,2762.64,2804.49,2762.64,2803.27",
);
const bars = [
  { date: "2019-06-03", open: 2751.53, high: 2763.07, low: 2728.81, close: 2744.45 },
  { date: "2019-06-04", open: 2762.64, high: 2804.49, low: 2762.64, close: 2803.27 },
];

function indexOf(content: string | Uint8Array) {
  return readIndexFile(folder.write("index.csv", content));
}

describe("readIndexFile", () => {
  test("reads bars in order", () => {
    expect(indexOf(good)).toEqual({ rows: bars, notSessions: 0, closeOnly: 0 });
  });

  test.each([
    ["gzipped", gzipSync(good)],
    ["with a byte order mark", `\uFEFF${good}`],
    ["gzipped with a byte order mark", gzipSync(`\uFEFF${good}`)],
    ["with CRLF line ends", good.replaceAll("\n", "\r\n")],
    ["without a last line end", good.trimEnd()],
    ["with empty lines", good.replaceAll("\n", "\n\n")],
    ["with blanks around cells", good.replaceAll(",", " , ")],
    ["with capital names", good.replace(header, "Date,Open,HIGH,Low,Close")],
    ["with quoted cells", good.replaceAll(/([\d.-]+)/g, '"$1"')],
    ["with US dates", good.replace("2019-06-03", "06/03/2019").replace("2019-06-04", "6/4/2019")],
    [
      "with more columns in another order",
      lines(
        "close,volume,low,date,high,open,volume",
        "2744.45,1,2728.81,2019-06-03,2763.07,2751.53,7",
        "2803.27,,2762.64,2019-06-04,2804.49,2762.64,",
      ),
    ],
  ])("reads the same %s", (_, content) => {
    expect(indexOf(content)).toEqual({ rows: bars, notSessions: 0, closeOnly: 0 });
  });

  test("rounds to hundredths", () => {
    const noisy = lines(header, "2019-06-03,2751.530029,2763.0698,2728.8051,2744.4549");
    expect(indexOf(noisy).rows).toEqual([
      { date: "2019-06-03", open: 2751.53, high: 2763.07, low: 2728.81, close: 2744.45 },
    ]);
  });

  test("leaves out and counts rows of days that were no session", () => {
    const content = lines(
      header,
      "1989-12-29,350,351,349,350",
      "2018-12-04,2782,2785,2697,2700",
      "2018-12-05,2700,2701,2699,2700",
      "2018-12-06,2663,2696,2621,2695",
      "2018-12-08,2695,2696,2694,2695",
      "2030-12-31,9000,9001,8999,9000",
      "2031-01-02,9000,9001,8999,9000",
    );
    const { rows, notSessions } = indexOf(content);
    expect(rows.map(({ date }) => date)).toEqual(["2018-12-04", "2018-12-06", "2030-12-31"]);
    expect(notSessions).toBe(4);
  });

  const first = "2019-06-03,2751.53,2763.07,2728.81,2744.45";
  const row = (text: string): string => lines(header, first, text);

  test.each([
    ["a text for a number", row("2019-06-04,2762,2804,n/a,2803"), 3, 'a number in low, found "n/a"'],
    ["an empty cell", row("2019-06-04,2762,2804,,2803"), 3, 'a number in low, found ""'],
    ["NaN", row("2019-06-04,2762,NaN,2760,2803"), 3, 'a number in high, found "NaN"'],
    ["infinity", row("2019-06-04,2762,Infinity,2760,2803"), 3, 'in high, found "Infinity"'],
    ["a number beyond doubles", row("2019-06-04,2762,1e999,2760,2803"), 3, 'in high, found "1e999"'],
    ["hexadecimal digits", row("2019-06-04,0xACA,2804,2760,2803"), 3, 'in open, found "0xACA"'],
    ["a comma for thousands", row('2019-06-04,"2,762",2804,2760,2803'), 3, 'in open, found "2,762"'],
    ["a price that rounding would make infinite", row("2019-06-04,1e308,1e308,1e308,1e308"), 3, "price"],
    [
      "a price of a billion",
      row("2019-06-04,1e9,1e9,1e9,1e9"),
      3,
      "price of the index in close, found 1000000000",
    ],
    ["a negative price", row("2019-06-04,2762,2804,-2760,2803"), 3, "in low, found -2760"],
    ["a price of zero", row("2019-06-04,0,2804,0,2803"), 3, "in open, found 0"],
    ["a price that rounds to zero", row("2019-06-04,0.004,2804,0.004,2803"), 3, "in open, found 0"],
    ["a high under the low", row("2019-06-04,2762,2759,2760,2762"), 3, "low ≤ open, close ≤ high"],
    ["a high under the open", row("2019-06-04,2762,2761,2750,2755"), 3, "2762, 2761, 2750, 2755"],
    ["a high under the close", row("2019-06-04,2755,2761,2750,2762"), 3, "low ≤ open, close ≤ high"],
    ["a low above the open", row("2019-06-04,2750,2770,2755,2760"), 3, "low ≤ open, close ≤ high"],
    ["a low above the close", row("2019-06-04,2760,2770,2755,2750"), 3, "low ≤ open, close ≤ high"],
    ["dates out of order", row("2019-05-31,2762,2804,2760,2803"), 3, "2019-05-31 after 2019-06-03"],
    ["a date twice", row("2019-06-03,2762,2804,2760,2803"), 3, "2019-06-03 after 2019-06-03"],
    ["a day that does not exist", row("2019-06-31,2762,2804,2760,2803"), 3, 'in date, found "2019-06-31"'],
    ["a US day that does not exist", row("13/04/2019,2762,2804,2760,2803"), 3, 'found "13/04/2019"'],
    ["an instant for a date", row("2019-06-04T00:00,2762,2804,2760,2803"), 3, "a date in date"],
    ["no date", row(",2762,2804,2760,2803"), 3, 'a date in date, found ""'],
    ["a truncated row", row("2019-06-04,2762,2804"), 3, "columns length is 5, got 3"],
    ["a row too long", row("2019-06-04,2762,2804,2760,2803,1"), 3, "columns length is 5, got 6"],
    ["a quote left open", row('2019-06-04,"2762,2804,2760,2803'), 3, "Quote Not Closed"],
    [
      "the same under CRLF and empty lines",
      `${header}\r\n\r\n${first}\r\n\r\n2019-06-04,x,1,1,1\r\n`,
      5,
      '"x"',
    ],
    [
      "a missing column",
      lines("date,open,high,close", "2019-06-03,1,1,1"),
      1,
      "found date, open, high, close",
    ],
    ["a column twice", lines(`${header},close`, `${first},2744`), 1, "each once, found date"],
    ["another table", lines("a,b", "1,2"), 1, "expected columns date, open, high, low, close"],
    ["a header alone", lines(header), 1, "expected rows under the header, found none"],
    ["nothing", "", 1, "found nothing"],
    ["nothing but a byte order mark", "\uFEFF", 1, "found nothing"],
    ["nothing, gzipped", gzipSync(""), 1, "found nothing"],
    ["a first byte as of an archive", `\x1f${good}`, 1, "found \x1fdate, open"],
    [
      "a second byte as of an archive",
      Uint8Array.from([0x64, 0x8b, 0x0a, 0x31, 0x0a]),
      1,
      "expected columns",
    ],
    ["bytes that are no text", Uint8Array.from([0, 255, 254, 1, 10, 0, 3]), 1, "expected columns"],
  ])("refuses %s, with file and line", (_, content, line, message) => {
    const path = folder.write("bad.csv", content);
    const failure = failureOf(() => readIndexFile(path));
    expect(failure.code).toBe("data.malformed");
    expect(failure.details).toEqual({ path, line });
    expect(failure.message.startsWith(`${path}:${line}: expected `)).toBe(true);
    expect(failure.message).toContain(message);
  });

  test("says that a file is missing, or is a folder", () => {
    const path = folder.pathOf("absent.csv");
    const failure = failureOf(() => readIndexFile(path));
    expect(failure).toMatchObject({ code: "data.missing", details: { path } });
    expect(failure.message).toContain(`cannot read ${path}`);
    expect(failureOf(() => readIndexFile(folder.pathOf("."))).code).toBe("data.missing");
  });

  test("a damaged archive is malformed, not missing", () => {
    const path = folder.write("cut.csv.gz", gzipSync(good).subarray(0, 60));
    const failure = failureOf(() => readIndexFile(path));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path } });
    expect(failure.message).toContain("expected a whole gzip archive");
  });
});

describe("readDailyFile", () => {
  const read = (content: string) => readDailyFile(folder.write("vix.csv", content));

  test("reads date and close as they are, also as Cboe writes them", () => {
    const content = lines(
      "DATE,OPEN,HIGH,LOW,CLOSE",
      "06/03/2019,19.170000,19.720000,18.510000,18.860000",
      "06/04/2019,18.2,18.3,16.5,16.974",
    );
    expect(read(content)).toEqual({
      rows: [
        { date: "2019-06-03", value: 18.86 },
        { date: "2019-06-04", value: 16.974 },
      ],
      notSessions: 0,
    });
  });

  test("leaves out empty cells, and rows of holidays, which it counts", () => {
    const content = lines(
      "date,close",
      "2018-12-04,20.74",
      "2018-12-05,20.74",
      "2018-12-06,",
      "2018-12-07,23.23",
    );
    expect(read(content)).toEqual({
      rows: [
        { date: "2018-12-04", value: 20.74 },
        { date: "2018-12-07", value: 23.23 },
      ],
      notSessions: 1,
    });
  });

  test.each([
    ["zero", "0", "to 250 (18.5 is 18.5 %), found 0"],
    ["a negative value", "-0.5", "to 250 (18.5 is 18.5 %), found -0.5"],
    ["a dot", ".", 'a number in close, found "."'],
  ])("refuses %s", (_, cell, message) => {
    const path = folder.write("vix.csv", lines("date,close", "2019-06-03,18.86", `2019-06-04,${cell}`));
    const failure = failureOf(() => readDailyFile(path));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path, line: 3 } });
    expect(failure.message).toContain(message);
  });

  test.each([
    ["+18.5", 18.5],
    ["18.", 18],
    ["9.", 9],
    ["1.85e1", 18.5],
    ["1850E-2", 18.5],
  ])("reads the number %s", (cell, value) => {
    expect(read(lines("date,close", `2019-06-03,${cell}`)).rows[0]?.value).toBe(value);
  });
});

describe("readFuturesFile", () => {
  const columns = "date,expiry,settle";
  const read = (...rows: readonly string[]) =>
    readFuturesFile(folder.write("vx.csv", lines(columns, ...rows)));

  test("reads settlements by day and contract, in the order of the file", () => {
    expect(
      read("2019-06-03,2019-06-19,18.325", "2019-06-03,2019-07-17,17.975", "06/04/2019,06/19/2019,17.2"),
    ).toEqual({
      rows: [
        { date: "2019-06-03", expiration: "2019-06-19", settle: 18.325 },
        { date: "2019-06-03", expiration: "2019-07-17", settle: 17.975 },
        { date: "2019-06-04", expiration: "2019-06-19", settle: 17.2 },
      ],
      notSessions: 0,
    });
  });

  test("leaves out rows without a settlement, and days that were no session, which it counts", () => {
    const { rows, notSessions } = read(
      "2019-06-03,2019-06-19,",
      "2019-06-08,2019-06-19,18",
      "2019-06-10,2019-06-19,16",
    );
    expect(rows.map(({ date }) => date)).toEqual(["2019-06-10"]);
    expect(notSessions).toBe(1);
  });

  test.each([
    ["zero", "2019-06-04,2019-06-19,0", "ten times that), found 0"],
    ["a settlement of the years quoted tenfold", "2019-06-04,2019-06-19,201", "found 201"],
    ["a contract twice a day", "2019-06-03,2019-06-19,18.4", "found 2019-06-03 2019-06-19 again"],
    ["no expiry", "2019-06-04,,18", 'a date in expiry, found ""'],
    ["a text", "2019-06-04,2019-06-19,x", 'a number in settle, found "x"'],
  ])("refuses %s", (_, row, message) => {
    const path = folder.write("vx.csv", lines(columns, "2019-06-03,2019-06-19,18.325", row));
    const failure = failureOf(() => readFuturesFile(path));
    expect(failure).toMatchObject({ code: "data.malformed", details: { path, line: 3 } });
    expect(failure.message).toContain(message);
  });

  test("takes the highest settlement that is plausible", () => {
    expect(read("2019-06-03,2019-06-19,90").rows[0]?.settle).toBe(90);
  });
});

describe("rows with a close alone", () => {
  test("are taken to have moved from the close before to their own, and are counted", () => {
    const path = folder.write(
      "thin.csv",
      lines(header, "2019-06-03,10,12,9,11", "2019-06-04,,,,13", "2019-06-05,,,,12"),
    );
    const { rows, closeOnly } = readIndexFile(path);
    expect(closeOnly).toBe(2);
    expect(rows.slice(1)).toEqual([
      { date: "2019-06-04", open: 11, high: 13, low: 11, close: 13 },
      { date: "2019-06-05", open: 13, high: 13, low: 12, close: 12 },
    ]);
  });

  test("may come first, but may not be partly empty", () => {
    expect(readIndexFile(folder.write("first.csv", lines(header, "2019-06-03,,,,11"))).rows[0]).toMatchObject(
      { open: 11, high: 11, low: 11 },
    );
    const failure = failureOf(() =>
      readIndexFile(folder.write("partly.csv", lines(header, "2019-06-03,,12,9,11"))),
    );
    expect(failure).toMatchObject({
      code: "data.malformed",
      message: expect.stringContaining('in open, found ""'),
    });
  });
});

describe("values that no market printed", () => {
  const daily = (value: string) => () =>
    readDailyFile(folder.write("vix.csv", lines("date,close", `2019-06-03,${value}`)));

  test("are refused: volatility as a decimal, as a slip, as nonsense", () => {
    for (const value of ["0.186", "1860", "1e9", "1e-300"]) {
      expect(failureOf(daily(value))).toMatchObject({
        code: "data.malformed",
        message: expect.stringContaining("expected volatility points"),
      });
    }
  });

  test("are refused: a future quoted ten times VIX", () => {
    const path = folder.write("vx.csv", lines("date,expiry,settle", "2006-06-05,2006-06-21,142.5"));
    expect(failureOf(() => readFuturesFile(path)).message).toContain("quote ten times that");
  });

  test("are refused: an index that a slip of the decimal point moved", () => {
    const path = folder.write(
      "spx.csv",
      lines(header, "2019-06-03,2750,2760,2740,2744", "2019-06-04,27.5,27.6,27.4,27.5"),
    );
    expect(failureOf(() => readIndexFile(path)).message).toContain(
      "expected a close within 30 % of the one before, 2744, found 27.5",
    );
  });
});
