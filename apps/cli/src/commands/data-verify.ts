import { Failure, type Instant } from "@steward/model";
import type { Damage, MarketStore } from "@steward/store";
import type { Command } from "commander";
import { type ChainJudgement, chainsIn, judgeChain } from "../data/chain-check.ts";
import { openStore } from "../data/home.ts";
import { type CommandRunner, type ExitStatus, type Io, type Progress, printJson } from "../io.ts";
import { alignColumns, fixed } from "../text/format.ts";
import { sharedOptions } from "./options.ts";

const HELP = `
Every file of the store is compared with what its catalogue says of it. With --rules every stored chain is held to the rules of
quality as well, beside what else the store knows of its session; that takes about half a second a chain. Exit status 1: a file is
broken, or a chain is in a state on which no entry may rest.

Examples:
  steward data verify
  steward data verify --rules --json`;

interface VerifyOptions {
  readonly rules?: boolean;
  readonly json?: boolean;
}

/** `steward data verify`: whether the store is what was written, and what is in it can be trusted. */
export function addVerifyCommand(data: Command, run: CommandRunner, io: Io): void {
  data
    .command("verify")
    .description(
      "check every file of the store against its catalogue, and its chains by the rules of quality",
    )
    .option("--rules", "hold every stored chain to the rules of quality")
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((options: VerifyOptions) => run(() => verify(options, io)));
}

async function verify({ rules, json }: VerifyOptions, io: Io): Promise<ExitStatus> {
  const { verifyStore } = await import("@steward/store");
  const store = await openStore();
  const progress = io.progress("verify");
  try {
    const damages = await verifyStore(store, (done, of) => progress.update(done / of));
    const partitions = store.partitions().length;
    const chains = rules && damages.length === 0 ? await judgeAll(store, progress) : undefined;
    const isFit = damages.length === 0 && chains?.some(({ state }) => state === "halts") !== true;
    if (json) {
      const damaged = damages.map(({ partition, kind, message }) => {
        return { table: partition.table, subject: partition.subject, path: partition.path, kind, message };
      });
      const judged = chains?.map(({ forwards: _, ...chain }) => chain);
      const schema = "steward/data-verify@1";
      printJson(io, { schema, partitions, damaged, ...(judged === undefined ? {} : { chains: judged }) });
      return isFit ? 0 : 1;
    }
    if (damages.length > 0) throw damagedStore(damages, partitions);
    io.out(`${fixed(partitions, 0)} partitions, all as they were written`);
    for (const line of chains === undefined ? [] : chainTable(chains)) io.out(line);
    return isFit ? 0 : 1;
  } finally {
    progress.done();
    store.close();
  }
}

async function judgeAll(store: MarketStore, progress: Progress): Promise<readonly ChainJudgement[]> {
  const names = chainsIn(store);
  const judged: ChainJudgement[] = [];
  for (const [i, name] of names.entries()) {
    progress.update(i / names.length);
    const judgement = await judgeChain(store, { ...name, asOf: Number.MAX_SAFE_INTEGER as Instant });
    if (judgement !== undefined) judged.push(judgement);
  }
  return judged;
}

/** How many chains are sound, and what speaks against each that is not. */
function chainTable(chains: readonly ChainJudgement[]): readonly string[] {
  const count = (state: ChainJudgement["state"]): string =>
    fixed(chains.filter((chain) => chain.state === state).length, 0);
  const summary = `${fixed(chains.length, 0)} chains: ${count("sound")} sound, ${count("degraded")} degraded, ${count("halts")} on which no entry may rest`;
  const doubtful = chains.filter(({ state }) => state !== "sound");
  if (doubtful.length === 0) return [summary];
  const rows = doubtful.flatMap(({ underlying, session, source, state, findings }) =>
    findings
      .filter(({ severity }) => severity === (state === "halts" ? "halt" : "degrade"))
      .map(({ rule, count: times, example }) => [
        underlying,
        session,
        source,
        state,
        rule,
        fixed(times, 0),
        example,
      ]),
  );
  const table = alignColumns(
    [["underlying", "session", "source", "state", "rule", "times", "such as"], ...rows],
    7,
  );
  return [summary, ...table];
}

function damagedStore(damages: readonly Damage[], partitions: number): Failure {
  const messages = damages.map(({ message }) => message).join("; ");
  const message = `${damages.length} of ${partitions} partitions are broken: ${messages}; import what they came from again`;
  return new Failure("store.damaged", message, { details: { broken: damages.length } });
}
