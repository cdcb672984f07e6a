import { lastDue, nextDue, RECORDED_SYMBOLS, type Schedule } from "@steward/feeds";
import { Failure, formatInstant, type Instant, wallClock } from "@steward/model";
import { type Command, InvalidArgumentError } from "commander";
import { openStore } from "../data/home.ts";
import { readKeys } from "../data/keys.ts";
import { networkClient } from "../data/network.ts";
import { type Recording, recordChains } from "../data/record-chains.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { recordingLine } from "../text/recording-line.ts";
import { sharedOptions } from "./options.ts";

const HELP = `
Stores the option chains that Cboe shows for free, a quarter of an hour late, with the instant at which each could be seen. They
cannot be had later: what is not recorded is gone. After the close the exchange shows the session's last quotes until the next
opening. Cboe's terms forbid to collect on a large scale; this is for your own use.

With --at or --every it goes on until Ctrl-C or SIGTERM: on sessions alone, in New York time, on half days until their close.
A recording that fails is told, and the next still happens. --json then gives a line for each recording.

Examples:
  steward data record
  steward data record SPX VIX --at 15:45,16:30
  steward data record --every 15`;

interface RecordOptions {
  readonly at?: readonly string[];
  readonly every?: number;
  readonly json?: boolean;
}

/** `steward data record`: the delayed chains into the store. */
export function addRecordCommand(data: Command, run: CommandRunner, io: Io): void {
  data
    .command("record")
    .description("store the option chains as Cboe shows them now, or on a schedule")
    .argument("[symbol...]", `underlyings; ${RECORDED_SYMBOLS.join(", ")} unless named`)
    .option("--at <HH:MM,...>", "every session at these times, New York time", parseTimes)
    .option("--every <minutes>", "every so many minutes while the options trade", parseMinutes)
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((symbols: readonly string[], options: RecordOptions) => run(() => record(symbols, options, io)));
}

async function record(named: readonly string[], options: RecordOptions, io: Io): Promise<ExitStatus> {
  const schedule = scheduleOf(options);
  const symbols = named.length === 0 ? RECORDED_SYMBOLS : named.map(symbolOf);
  const client = networkClient(readKeys(), io);
  const once = async (): Promise<Recording> => {
    // Open only while it is used: between recordings other commands may write.
    const store = await openStore();
    try {
      return await recordChains(symbols, { store, client, io });
    } finally {
      store.close();
    }
  };
  if (schedule !== undefined) return await follow(schedule, once, { io, json: options.json ?? false });

  const recording = await once();
  if (options.json) printJson(io, documentOf(recording));
  else io.out(recordingLine(recording));
  tellFailures(recording, io);
  return recording.failures.length === 0 ? 0 : 1;
}

/** A recording later than this is another one: the schedule's instant was slept through. */
const GRACE = 10 * 60_000_000;
/** The longest wait in one go, so that a machine that was suspended, or a clock that was set, is noticed. */
const POLL_MS = 60_000;

async function follow(
  schedule: Schedule,
  once: () => Promise<Recording>,
  { io, json }: { readonly io: Io; readonly json: boolean },
): Promise<ExitStatus> {
  const stop = io.interruption();
  let seen = io.now();
  io.err(`recording next at ${newYork(nextDue(schedule, seen))}; Ctrl-C ends it`);
  while (!stop.aborted) {
    const now = io.now();
    const due = lastDue(schedule, { after: seen, upTo: now });
    seen = now;
    if (due === undefined) {
      const next = nextDue(schedule, now);
      const waitMs = next === undefined ? POLL_MS : Math.ceil((next - now) / 1000);
      await io.sleep(Math.min(POLL_MS, waitMs), stop);
    } else if (now - due > GRACE) io.err(`missed the recording of ${newYork(due)}: this machine slept`);
    else await recordAndTell(once, { io, json });
  }
  return 0;
}

async function recordAndTell(
  once: () => Promise<Recording>,
  { io, json }: { readonly io: Io; readonly json: boolean },
): Promise<void> {
  try {
    const recording = await once();
    io.out(json ? JSON.stringify(documentOf(recording)) : recordingLine(recording));
    tellFailures(recording, io);
  } catch (error) {
    // A store that is busy now may be free at the next recording.
    if (!(error instanceof Failure)) throw error;
    io.err(`steward: ${error.code}: ${error.message}`);
  }
}

function tellFailures({ failures }: Recording, io: Io): void {
  for (const { code, message } of failures) io.err(`steward: ${code}: ${message}`);
}

function documentOf({ at, chains, failures }: Recording): unknown {
  const errors = failures.map(({ code, message, details }) => ({ code, message, details }));
  const plain = chains.map(({ quotedAt, ...rest }) => {
    return { ...rest, ...(quotedAt === undefined ? {} : { quotedAt: formatInstant(quotedAt) }) };
  });
  return { schema: "steward/data-record@1", at: formatInstant(at), chains: plain, errors };
}

function scheduleOf({ at, every }: RecordOptions): Schedule | undefined {
  if (at !== undefined && every !== undefined)
    throw new Failure("input.invalid", "expected --at or --every, found both");
  if (at !== undefined) return { kind: "at", times: at };
  return every === undefined ? undefined : { kind: "every", minutes: every };
}

function symbolOf(text: string): string {
  const symbol = text.toUpperCase().replace(/^[\^_]/, "");
  if (/^[A-Z][A-Z0-9.]{0,5}$/.test(symbol)) return symbol;
  throw new Failure("input.invalid", `expected an underlying like SPX, found ${text}`);
}

function parseTimes(text: string): readonly string[] {
  const times = text.split(",").map((time) => time.trim());
  if (times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time))) return times;
  throw new InvalidArgumentError(`expected times like 15:45,16:00, found "${text}"`);
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 405) return minutes;
  throw new InvalidArgumentError(`expected whole minutes from 1 to 405, found "${text}"`);
}

function newYork(instant: Instant | undefined): string {
  if (instant === undefined) return "no time that the calendar knows";
  const { date, time } = wallClock(instant, "America/New_York");
  return `${date} ${time.slice(0, 5)} New York time`;
}
