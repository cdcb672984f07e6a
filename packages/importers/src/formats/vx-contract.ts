import { type CalendarDate, type FutureFact, monthlyVixExpiration } from "@steward/model";
import { parseDay, readDay } from "../dates.ts";
import type { Format, Parsed, Remark, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { futuresSettlementOf } from "../known-at.ts";
import { openingLines } from "../opening-lines.ts";
import { leftOut, mended, readOptional, readRows, refused } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";

/**
 * One VIX future's history from the exchange, of either era: `CFE_K04_VX.csv` (2004 to 2014, dates M/D/YYYY, labels `K (May
 * 04)`, from 2013 on a disclaimer above the header) and `VX_2026-01-21.csv` (from 2013, ISO dates, labels `F (Jan 2026)`).
 * A price of 0 is none: untraded days, the opening and close of the settlement day, and the settlements of 2013-01-02 to
 * 2013-07-19 in files of the newer era. Prices before 2007-03-26 are ten times today's. The change is not read.
 */
export const vxContract: Format = {
  id: "vx-contract",
  title: "Cboe VIX future by contract, VX_2026-01-21.csv or CFE_K04_VX.csv",
  vendor: "cfe",
  recognizes: (opening) =>
    openingLines(opening, 5).some((line) => HEADER.test(line.toLowerCase().replaceAll('"', ""))),
  read: (source) => {
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (!HEADER.test(names.join(","))) throw notThis(source, "Trade Date,Futures,Open …", names.join(","));
      return names.at(-1) === "" ? names.slice(0, -1) : names;
    };
    const isHeader = ([first = ""]: readonly string[]): boolean => first.toLowerCase() === "trade date";
    return readRows(source, { columns, isHeader, allowsTrailingComma: true }, (row) =>
      readFuture(row, source),
    );
  },
};

const HEADER =
  /^trade date\s*,\s*futures\s*,\s*open\s*,\s*high\s*,\s*low\s*,\s*close\s*,\s*settle\s*,\s*change\s*,\s*total volume\s*,\s*efp\s*,\s*open interest\s*,?$/;

function readFuture(row: Row, source: Source): Parsed | Remark | readonly (Parsed | Remark)[] {
  const session = readDay(row, "trade date", source.name);
  const expiration = expirationOf(row.cells["futures"] ?? "", source);
  if (typeof expiration !== "string") return { ...expiration, line: row.line };
  if (session > expiration) {
    return refused(row.line, "vx.after-settlement", `${session} is after the settlement on ${expiration}`);
  }
  const prices = PRICES.map((column) => readOptional(row, column, source.name));
  const [volume, openInterest] = ["total volume", "open interest"].map((column) =>
    row.cells[column] === "" ? undefined : readNumber(row, column, source.name),
  );
  if ([...prices, volume, openInterest].some((value) => value !== undefined && value < 0)) {
    return refused(row.line, "vx.negative", "expected prices and volumes of at least 0");
  }
  const isTenfold = session < "2007-03-26";
  const [open, high, low, close, settle] = prices.map((price) =>
    price === undefined || price === 0 ? undefined : isTenfold ? tenthOf(price) : price,
  );
  if ([open, high, low, close, settle].every((price) => price === undefined)) {
    return leftOut(row.line, "vx.empty", `no price of ${session}`);
  }
  const fact: FutureFact = {
    ...{ product: "VX", expiration, session, open, high, low, close, settle, volume, openInterest },
    ...futuresSettlementOf(session),
  };
  const remarks = [
    ...(isTenfold ? [mended(row.line, "vx.tenfold", "prices before 2007-03-26 divided by ten")] : []),
    ...zeroRemarks(row.line, prices, session === expiration),
  ];
  return [{ table: "futures", line: row.line, fact }, ...remarks];
}

const PRICES = ["open", "high", "low", "close", "settle"] as const;

function tenthOf(price: number): number {
  return Number((price / 10).toFixed(6));
}

function zeroRemarks(
  line: number,
  prices: readonly (number | undefined)[],
  isLast: boolean,
): readonly Remark[] {
  const [open, high, low, close, settle] = prices;
  const remarks: Remark[] = [];
  if (settle === 0) remarks.push(mended(line, "vx.no-settlement", "a settlement of 0 is missing"));
  if (isLast && (open === 0 || close === 0)) {
    remarks.push(mended(line, "vx.settlement-day", "the settlement day has a final settlement and no close"));
  } else if ([open, high, low, close].includes(0)) {
    remarks.push(mended(line, "vx.untraded-day", "prices of 0 are missing: nothing traded"));
  }
  return remarks;
}

type WithoutLine = Omit<Remark, "line">;

/** By the month in the label, which the date in a file's name must agree with: weekly contracts are not taken. */
function expirationOf(label: string, { name }: Source): CalendarDate | WithoutLine {
  const [, code = "", month = "", year = ""] = LABEL.exec(label) ?? [];
  const number = CODES.indexOf(code) + 1;
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (number === 0 || MONTHS[number - 1] !== month.toLowerCase()) {
    const message = `expected a monthly contract as "F (Jan 2026)", found "${label}"`;
    return { rule: "vx.not-a-monthly", outcome: "left-out", message };
  }
  if (fullYear < 2004 || fullYear > 2030) {
    return {
      rule: "vx.year",
      outcome: "refused",
      message: `expected a year of 2004 to 2030, found "${label}"`,
    };
  }
  const byRule = monthlyVixExpiration(fullYear, number);
  const inName = parseDay(/VX_(\d{4}-\d{2}-\d{2})\.csv/i.exec(name)?.[1] ?? "");
  if (inName === undefined || inName === byRule) return byRule;
  const message = `${label} settles on ${byRule}, the file's name says ${inName}`;
  return { rule: "vx.not-a-monthly", outcome: "left-out", message };
}

const LABEL = /^([FGHJKMNQUVXZ])\s*\(([A-Za-z]{3})\s+(\d{2}|\d{4})\)$/;
const CODES = "FGHJKMNQUVXZ";
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
