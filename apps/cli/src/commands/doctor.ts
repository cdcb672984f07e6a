import { calendarDate, formatInstant, sessionOf } from "@steward/model";
import { europeanPrice } from "@steward/pricing";
import type { Command } from "commander";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { loadMarketData } from "../market-data.ts";
import { alignColumns } from "../text/format.ts";
import { sharedOptions } from "./options.ts";

/** One thing that must be right before any result can be trusted. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
}

/** `steward doctor`: is this installation fit to be believed? */
export function addDoctorCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("doctor")
    .description("checks the installation: runtime, calendar, pricing and data")
    .addOption(sharedOptions.json())
    .action(({ json }: { readonly json?: boolean }) => run(() => doctor(json === true, io)));
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
const BUNDLED_FINGERPRINT = "bd283536b4b6ac6d";
