import { type CalendarDate, Failure, monthOf } from "@steward/model";
import { parseDay, readDay } from "../dates.ts";
import type { Format, Parsed, Remark, Source } from "../format.ts";
import { notThis } from "../json-records.ts";
import { futuresSettlementOf } from "../known-at.ts";
import { headerAndRow } from "../opening-lines.ts";
import { leftOut, readRows, refused } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";

/**
 * Cboe's settlements of one day (`settlement/csv?dt=2027-01-04`): `Product,Symbol,Expiration Date,Price`. The day stands in
 * the address or the file's name alone. Monthly VIX futures are taken; weeklies, minis and other products are left out.
 */
export const vxSettlement: Format = {
  id: "vx-settlement",
  title: "Cboe settlements of a day, with the date in the file's name",
  vendor: "cfe",
  recognizes: (opening) => headerAndRow(opening).header.toLowerCase() === HEADER,
  read: (source) => {
    const session = sessionOf(source);
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (names.join(",") !== HEADER) throw notThis(source, HEADER, names.join(",").slice(0, 100));
      return names;
    };
    return readRows(source, { columns }, (row) => readSettlement(row, session, source));
  },
};

const HEADER = "product,symbol,expiration date,price";

function sessionOf({ name }: Source): CalendarDate {
  const found = /(\d{4}-\d{2}-\d{2})(?!.*\d{4}-\d{2}-\d{2})/.exec(name)?.[1];
  const session = parseDay(found ?? "");
  if (session !== undefined) return session;
  const message = `${name}: expected the day of the settlements in the name, as settlement-2026-11-20.csv`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

function readSettlement(row: Row, session: CalendarDate, source: Source): Parsed | Remark {
  const symbol = row.cells["symbol"] ?? "";
  const [, code] = /^VX\/([FGHJKMNQUVXZ])\d{1,2}$/.exec(symbol) ?? [];
  if (code === undefined) {
    return leftOut(row.line, "vx.not-a-monthly", `${symbol} is no monthly VIX future`);
  }
  const expiration = readDay(row, "expiration date", source.name);
  const settle = readNumber(row, "price", source.name);
  if ("FGHJKMNQUVXZ".indexOf(code) + 1 !== monthOf(expiration)) {
    return refused(row.line, "vx.month", `${symbol} does not expire on ${expiration}`);
  }
  if (settle <= 0 || session > expiration) {
    return refused(row.line, "vx.unsound", `expected a price above 0 up to ${expiration}, found ${settle}`);
  }
  const fact = { product: "VX", expiration, session, settle, ...futuresSettlementOf(session) };
  return { table: "futures", line: row.line, fact };
}
