import { calendarDate, formatInstant, sessionOf } from "@steward/model";
import { europeanPrice } from "@steward/pricing";
import { type Command, InvalidArgumentError } from "commander";
import { loadConfiguration } from "../config/load.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { lookAhead } from "../look-ahead.ts";
import { loadMarketData } from "../market-data.ts";
import { reproducibly } from "../reproduce.ts";
import { alignColumns } from "../text/format.ts";
import { type CommonOptions, sharedOptions } from "./options.ts";

/** One thing that must be right before any result can be trusted. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
}

const HELP = `
--lookahead runs the rules again for sessions drawn by the seed, once with all data after the session deleted and once with them
replaced by nonsense, and compares every record up to it, byte by byte. Exit status 1: a decision knew its future.

Examples:
  steward doctor
  steward doctor --lookahead
  steward doctor --lookahead --config my.yaml --cuts 60 --seed 7`;

interface DoctorOptions extends CommonOptions {
  readonly lookahead?: boolean;
  readonly cuts?: number;
}

const DEFAULT_CUTS = 12;

/** `steward doctor`: is this installation fit to be believed? */
export function addDoctorCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("doctor")
    .description(
      "checks the installation: runtime, calendar, pricing and data; or a configuration for look-ahead",
    )
    .option(
      "--lookahead",
      "look for decisions that knew their future, with this configuration and these data",
    )
    .option("--cuts <number>", "sessions whose future is taken away", parseCuts)
    .addOption(sharedOptions.preset())
    .addOption(sharedOptions.config())
    .addOption(sharedOptions.set())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: DoctorOptions) =>
      run(() => (options.lookahead ? falsify(options, io) : doctor(options.json === true, io))),
    );
}

async function falsify(
  { cuts = DEFAULT_CUTS, json, ...options }: DoctorOptions,
  io: Io,
): Promise<ExitStatus> {
  const configuration = loadConfiguration(options);
  const data = await loadMarketData(configuration, io.now());
  const progress = io.progress("Look-ahead");
  const { strategy, seed } = configuration;
  const found = reproducibly(configuration, data, () =>
    lookAhead(data, strategy, { cuts, seed, onProgress: progress.update }),
  );
  progress.done();
  const ok = found.leaks.length === 0;
  if (json) {
    printJson(io, {
      schema: "steward/look-ahead@1",
      ok,
      ...found,
      configuration: configuration.name,
      data: data.fingerprint,
    });
    return ok ? 0 : 1;
  }
  const tried = `${found.cuts.length} sessions of ${found.sessions} with their future deleted and poisoned, seed ${seed}`;
  io.out(ok ? `No decision knew its future: ${tried}.` : `Decisions knew their future: ${tried}.`);
  for (const { cut, session, future } of found.leaks)
    io.out(`  ${session} was decided otherwise with the future of ${cut} ${future}`);
  return ok ? 0 : 1;
}

function parseCuts(text: string): number {
  const cuts = Number(text);
  if (Number.isInteger(cuts) && cuts >= 1 && cuts <= 1000) return cuts;
  throw new InvalidArgumentError(`expected a whole number from 1 to 1000, found "${text}"`);
}

async function doctor(json: boolean, io: Io): Promise<ExitStatus> {
  const checks = [checkRuntime(), checkCalendar(), checkPricing(), await checkData(io)];
  const ok = checks.every((check) => check.ok);
  if (json) printJson(io, { schema: "steward/doctor@1", ok, checks });
  else
    for (const line of alignColumns(
      checks.map((check) => [check.name, check.ok ? "ok" : "WRONG", check.found]),
      3,
    ))
      io.out(line);
  return ok ? 0 : 1;
}

function checkRuntime(): Check {
  const [major = "0"] = process.versions.node.split(".");
  return { name: "runtime", ok: Number(major) >= 24, found: `Node ${process.versions.node}` };
}

/** The decision falls at 15:10 Chicago on both sides of the change of clocks. */
function checkCalendar(): Check {
  const winter = sessionOf(calendarDate("2018-02-05"));
  const summer = sessionOf(calendarDate("2018-07-02"));
  const found = [winter, summer].map((session) =>
    session === undefined ? "no session" : formatInstant(session.decision).slice(11, 16),
  );
  return {
    name: "calendar",
    ok: found.join() === "21:10,20:10",
    found: `decisions at ${found.join(" and ")} UTC, winter and summer`,
  };
}

/** Hull, Options, Futures and Other Derivatives, example 15.6: a call worth 4.76. */
function checkPricing(): Check {
  const price = europeanPrice({
    right: "call",
    spot: 42,
    strike: 40,
    years: 0.5,
    volatility: 0.2,
    rate: 0.1,
    dividendYield: 0,
  });
  return {
    name: "pricing",
    ok: Math.abs(price - 4.7594) < 1e-4,
    found: `Hull's example 15.6 gives ${price.toFixed(4)}`,
  };
}

async function checkData(io: Io): Promise<Check> {
  const { firstSession, lastSession, inputs, fingerprint } = await loadMarketData(
    { data: { store: false, files: {} } },
    io.now(),
  );
  const found = `${inputs.index.length} sessions of the S&P 500, ${firstSession} to ${lastSession}, fingerprint ${fingerprint}`;
  return { name: "data", ok: fingerprint === BUNDLED_FINGERPRINT, found };
}

/** Fingerprint of the bundled history: another one means another file than the results in the documentation rest on. */
const BUNDLED_FINGERPRINT = "e0b5cb44d251f2e4";
