import type { Command } from "commander";
import { loadConfiguration } from "../config/load.ts";
import type { CommandRunner, ExitStatus, Io } from "../io.ts";
import { loadMarketData } from "../market-data.ts";
import { reproducibly } from "../reproduce.ts";
import { requireSession } from "../sessions.ts";
import { signalDocument } from "../signal-document.ts";
import { backtestSummary } from "../text/backtest-summary.ts";
import { signalTicket } from "../text/signal-ticket.ts";
import { computeBacktest, reportOf, writeOutput } from "./backtest.ts";

const REPORT = "report.html";

/** `steward start`: the tour that `npm start` gives, on the bundled history. */
export function addStartCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("start")
    .description("the last session's record, the flagship backtest and its report, on bundled data")
    .action(() => run(() => start(io)));
}

async function start(io: Io): Promise<ExitStatus> {
  const configuration = loadConfiguration({});
  const data = await loadMarketData(configuration, io.now());
  const session = requireSession(data.lastSession, data);
  const record = reproducibly(configuration, data, () => signalDocument(configuration, data, session));
  if (record !== undefined) for (const line of signalTicket(record)) io.out(line);

  io.out("");
  const range = { from: data.firstSession, to: data.lastSession };
  const { result, provenance } = computeBacktest(configuration, data, { ...range, io });
  for (const line of backtestSummary(result)) io.out(line);

  writeOutput(
    REPORT,
    reportOf(configuration, result, { provenance, command: `steward backtest --report ${REPORT}` }),
  );
  for (const line of nextSteps()) io.out(line);
  return 0;
}

function nextSteps(): readonly string[] {
  return [
    "",
    `Wrote ${REPORT}: open it in a browser.`,
    "",
    "Next:",
    "  npx steward signal --session 2018-02-05       the record on the evening of a shock",
    "  npx steward backtest --preset condorOnly      the same condors without the hedge",
    "  npx steward backtest --config my.yaml         your own numbers, see docs/configuration.md",
    "  npx steward --help                            everything else",
  ];
}
