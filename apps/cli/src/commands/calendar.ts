import {
  type CalendarDate,
  calendarRange,
  Failure,
  formatInstant,
  listedExpirations,
  type Root,
  sessionOf,
  sessionsBetween,
} from "@steward/model";
import type { Command } from "commander";
import { suggestion } from "../config/suggest.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { parseDateOption } from "../sessions.ts";
import { alignColumns } from "../text/format.ts";
import { sharedOptions } from "./options.ts";

const ROOTS: readonly Root[] = ["SPX", "SPXW", "XSP", "SPY", "VIX", "VX"];

const EXAMPLES = `
Examples:
  steward calendar --from 2018-12-03 --to 2018-12-07
  steward calendar --from 2024-06-01 --to 2024-06-30 --root VIX --json`;

interface CalendarOptions {
  readonly from: string;
  readonly to: string;
  readonly root?: string;
  readonly json?: boolean;
}

/** `steward calendar`: sessions, half days and expirations between two dates. */
export function addCalendarCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("calendar")
    .description("sessions, half days, expirations, settlement and last trading instants")
    .requiredOption("--from <date>", "first day")
    .requiredOption("--to <date>", "last day")
    .option("--root <root>", `only this root's expirations: ${ROOTS.join(", ")}`)
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((options: CalendarOptions) => run(() => calendar(options, io)));
}

function calendar(options: CalendarOptions, io: Io): ExitStatus {
  const range = { from: parseDateOption(options.from, "--from"), to: parseDateOption(options.to, "--to") };
  if (range.from > range.to)
    throw new Failure("input.invalid", `expected --from before --to, found ${range.from} and ${range.to}`);
  if (range.from < calendarRange.from || range.to > calendarRange.to) {
    const message = `expected days from ${calendarRange.from} to ${calendarRange.to}, which the calendar knows, found ${range.from} to ${range.to}`;
    throw new Failure("input.invalid", message);
  }

  const roots = options.root === undefined ? ROOTS : [parseRoot(options.root)];
  const document = calendarDocument(range, roots);
  if (options.json) printJson(io, document);
  else for (const line of calendarTable(document)) io.out(line);
  return 0;
}

function parseRoot(text: string): Root {
  const root = ROOTS.find((known) => known === text.toUpperCase());
  if (root === undefined)
    throw new Failure("input.invalid", `expected a root for --root, found ${text}${suggestion(text, ROOTS)}`);
  return root;
}

function calendarDocument(
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
  roots: readonly Root[],
) {
  const sessions = sessionsBetween(from, to).flatMap((date) => {
    const session = sessionOf(date);
    if (session === undefined) return [];
    const { open, close, halfDay, optionsClose, decision } = session;
    return [
      {
        date,
        open: formatInstant(open),
        close: formatInstant(close),
        halfDay,
        optionsClose: formatInstant(optionsClose),
        decision: formatInstant(decision),
      },
    ];
  });
  const expirations = roots
    .flatMap((root) => listedExpirations(root, { from, to }))
    .map(({ root, expiration, settlement, settlementKind, lastTrading, settledOn }) => ({
      root,
      expiration,
      settlement,
      settlementValue: settlementKind,
      lastTrading: formatInstant(lastTrading),
      settledOn,
    }));
  return { schema: "steward/calendar@1", from, to, sessions, expirations } as const;
}

function calendarTable({ sessions, expirations }: ReturnType<typeof calendarDocument>): readonly string[] {
  const clock = (instant: string): string => instant.slice(11, 16);
  const days = sessions.map(({ date, open, close, halfDay, decision }) => [
    date,
    `${clock(open)}–${clock(close)}`,
    clock(decision),
    halfDay ? "half day" : "",
  ]);
  const ends = expirations.map(({ root, expiration, settlement, settlementValue, lastTrading }) => [
    root,
    expiration,
    settlement.toUpperCase(),
    settlementValue,
    lastTrading.slice(0, 16).replace("T", " "),
  ]);
  return [
    ...alignColumns([["Session", "open, UTC", "decision", ""], ...days], 4),
    "",
    ...alignColumns([["Root", "expiration", "fixed", "value", "last trading, UTC"], ...ends], 5),
  ];
}
