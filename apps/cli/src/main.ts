import { Failure } from "@steward/model";
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addAuditCommand } from "./commands/audit.ts";
import { addBacktestCommand } from "./commands/backtest.ts";
import { addCalendarCommand } from "./commands/calendar.ts";
import { addConfigCommand } from "./commands/config.ts";
import { addCoverageCommand } from "./commands/coverage.ts";
import { addDataCommand } from "./commands/data.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addExplainCommand } from "./commands/explain.ts";
import { addFrontierCommand } from "./commands/frontier.ts";
import { addGlossaryCommand } from "./commands/glossary.ts";
import { addMarginCommand } from "./commands/margin.ts";
import { addPricingCommands } from "./commands/pricing.ts";
import { addSignalCommand } from "./commands/signal.ts";
import { addStartCommand } from "./commands/start.ts";
import { addSweepCommand } from "./commands/sweep.ts";
import { addTrialsCommand } from "./commands/trials.ts";
import { addVixCommand } from "./commands/vix.ts";
import { reportFailure } from "./failures.ts";
import type { CommandRunner, ExitStatus, Io } from "./io.ts";
import { processIo } from "./process-io.ts";

/** Runs one command line and gives the exit status: 0 done, 1 the world failed, 2 invalid use, 3 refused by a risk rule. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<ExitStatus> {
  const json = args.includes("--json");
  let status: ExitStatus = 0;
  const program = buildProgram(io, async (action) => {
    status = await action();
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(io, error, json);
    if (error.exitCode === 0) return 0;
    return reportFailure(io, new Failure("input.invalid", plainMessage(error)), json);
  }
}

function buildProgram(io: Io, run: CommandRunner): Command {
  const program = new Command("steward")
    .description(
      "SPX iron condors, the layered VIX hedge beside them, and whether it works.\nEducation and research; no advice.",
    )
    .version(manifest.version)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      // Errors are told once, by `reportFailure`.
      writeErr: () => {},
    });
  addStartCommand(program, run, io);
  addSignalCommand(program, run, io);
  addExplainCommand(program, run, io);
  addBacktestCommand(program, run, io);
  addCoverageCommand(program, run, io);
  addAuditCommand(program, run, io);
  addSweepCommand(program, run, io);
  addFrontierCommand(program, run, io);
  addTrialsCommand(program, run, io);
  addPricingCommands(program, run, io);
  addVixCommand(program, run, io);
  addMarginCommand(program, run, io);
  addConfigCommand(program, run, io);
  addGlossaryCommand(program, run, io);
  addCalendarCommand(program, run, io);
  addDataCommand(program, run, io);
  addDoctorCommand(program, run, io);
  for (const command of [...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput(program.configureOutput());
  }
  return program;
}

function plainMessage({ message, code }: CommanderError): string {
  if (code === "commander.help" || code === "commander.helpDisplayed")
    return "expected a command; see steward --help";
  const invalid = /^error: option '(--\w+).* is invalid\. (.*)$/.exec(message);
  if (invalid !== null) return `${invalid[2]} for ${invalid[1]}`;
  return message.replace(/^error: /, "").replaceAll("\n", " ");
}
