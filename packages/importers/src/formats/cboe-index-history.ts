import { Failure } from "@steward/model";
import { isKnownSession, readDate } from "../dates.ts";
import type { Format, ReadOptions, Source } from "../format.ts";
import { optionsCloseOf } from "../known-at.ts";
import { leftOut, type RowOutcome, readOptional, readRows } from "../row-reading.ts";
import { type Row, readNumber } from "../table.ts";

/**
 * Histories of Cboe's indices (`VIX_History.csv`): `DATE,OPEN,HIGH,LOW,CLOSE`, or `DATE,VVIX` where only the close is kept.
 * The header decides, not the symbol; of the former the symbol stands in the file's name alone.
 */
export const cboeIndexHistory: Format = {
  id: "cboe-index-history",
  title: "Cboe index history, VIX_History.csv",
  vendor: "cboe",
  recognizes: ({ text }) => HEADER.test(text.split(/\r?\n/, 1)[0] ?? ""),
  read: (source, options) => {
    let closeColumn = "close";
    const columns = (header: readonly string[]): readonly string[] => {
      const names = header.map((name) => name.toLowerCase());
      if (!HEADER.test(names.join(","))) throw notThis(source, header);
      closeColumn = names.at(-1) ?? closeColumn;
      return names;
    };
    return readRows(source, { columns }, (row) => {
      const series = seriesOf(source, closeColumn, options);
      return readBar(row, { closeColumn, series, name: source.name });
    });
  },
};

const HEADER = /^date,(?:open,high,low,close|[a-z0-9]+)$/i;

function seriesOf({ name }: Source, closeColumn: string, { series }: ReadOptions): string {
  const fromName = /([A-Za-z0-9]+)_History\.csv/i.exec(name)?.[1];
  const fromHeader = closeColumn === "close" ? undefined : closeColumn;
  const found = series ?? fromHeader ?? fromName;
  if (found !== undefined) return found.toUpperCase();
  const message = `${name}: expected a name like VIX_History.csv, or --series, to tell which index it is`;
  throw new Failure("input.invalid", message, { details: { path: name } });
}

function notThis({ name }: Source, header: readonly string[]): Failure {
  const message = `${name}: expected DATE,OPEN,HIGH,LOW,CLOSE or DATE and one index, found ${header.join(",")}`;
  return new Failure("data.malformed", message, { details: { path: name } });
}

interface BarContext {
  readonly closeColumn: string;
  readonly series: string;
  readonly name: string;
}

function readBar(row: Row, { closeColumn, series, name }: BarContext): RowOutcome {
  const session = readDate(row, "date", name);
  if (session >= "1990-01-01" && !isKnownSession(session)) {
    return leftOut(
      row.line,
      "bars.not-a-session",
      `${session} is no session; such rows repeat the day before`,
    );
  }
  if (row.cells[closeColumn] === "") return leftOut(row.line, "bars.empty", `no value on ${session}`);
  const close = readNumber(row, closeColumn, name);
  const [open, high, low] = ["open", "high", "low"].map((column) => readOptional(row, column, name));
  const fact = { series, session, open, high, low, close, ...optionsCloseOf(session) };
  return { table: "bars", line: row.line, fact };
}
