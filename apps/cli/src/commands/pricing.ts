import type { Command } from "commander";
import type { CommandRunner, ExitStatus, Io } from "../io.ts";
import { impliedVolatilityLine, type LineAnswer, priceLine } from "../price-lines.ts";

const PRICE_EXAMPLES = `
One JSON object a line on standard input, one a line on standard output: price, delta, gamma, vega, theta and rho in raw
units (per 1.00, theta per year), or {"error": …} for that line.

Examples:
  echo '{"model":"european","right":"put","spot":2800,"strike":2700,"years":0.08,"volatility":0.18,"rate":0.02}' | steward price
  steward price < options.jsonl > prices.jsonl`;

const IMPLIED_EXAMPLES = `
One JSON object a line on standard input with a price in place of the volatility, one a line on standard output:
{"volatility": …} or {"error": …} for that line.

Example:
  echo '{"model":"black76","right":"call","forward":18,"strike":20,"years":0.1,"price":1.1,"rate":0.02}' | steward implied-volatility`;

/** `steward price` and `steward implied-volatility`: JSON lines in, JSON lines out. */
export function addPricingCommands(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("price")
    .description("option prices and Greeks, JSON lines in and out")
    .option("--json", "JSON lines are the only form; accepted for symmetry")
    .addHelpText("after", PRICE_EXAMPLES)
    .action(() => run(() => answerLines(io, priceLine)));
  program
    .command("implied-volatility")
    .description("volatility from a price, JSON lines in and out")
    .option("--json", "JSON lines are the only form; accepted for symmetry")
    .addHelpText("after", IMPLIED_EXAMPLES)
    .action(() => run(() => answerLines(io, impliedVolatilityLine)));
}

/** A bad line is answered with its error and does not stop the others; how many there were is told at the end. */
async function answerLines(io: Io, answer: (text: string) => LineAnswer): Promise<ExitStatus> {
  let line = 0;
  let refused = 0;
  for await (const text of io.lines()) {
    line += 1;
    if (text.trim() === "") continue;
    const answered = answer(text);
    if (answered.kind === "refused") refused += 1;
    io.out(
      JSON.stringify(answered.kind === "refused" ? { error: { ...answered.error, line } } : answered.numbers),
    );
    // Whoever reads slowly gets the answers slowly; they do not pile up here.
    const full = io.full?.();
    if (full !== undefined) await full;
  }
  if (refused > 0)
    io.err(`steward: pricing.refused-lines: ${refused} of ${line} lines were refused, see their errors`);
  return 0;
}
