import { readFileSync } from "node:fs";
import { assert, Failure } from "@steward/model";
import type { Command } from "commander";
import { suggestion } from "../config/suggest.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { sharedOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  steward glossary
  steward glossary expected range
  steward glossary regret --json`;

/** The only place where a term is defined; the command reads it rather than say it again. */
const PAGE = new URL("../../../../GLOSSARY.md", import.meta.url);
const ROW = /^\| \*\*(?<term>[^*]+)\*\* \| (?<meaning>.*) \|$/gm;

interface Entry {
  readonly term: string;
  readonly meaning: string;
}

/** `steward glossary`: what a word means here. */
export function addGlossaryCommand(program: Command, run: CommandRunner, io: Io): void {
  program
    .command("glossary")
    .description("what a word means here; all of them if none is named")
    .argument("[words...]", "the term")
    .addOption(sharedOptions.json())
    .addHelpText("after", EXAMPLES)
    .action((words: readonly string[], { json }: { readonly json?: boolean }) =>
      run(() => glossary(words.join(" "), json === true, io)),
    );
}

function glossary(asked: string, json: boolean, io: Io): ExitStatus {
  const all = entries();
  const found = asked === "" ? all : all.filter(({ term }) => namesOf(term).includes(asked.toLowerCase()));
  if (found.length === 0) {
    const known = all.flatMap(({ term }) => namesOf(term));
    throw new Failure(
      "input.invalid",
      `expected a term of the glossary, found "${asked}"${suggestion(asked.toLowerCase(), known)}`,
    );
  }
  if (json) printJson(io, { schema: "steward/glossary@1", terms: found });
  else for (const { term, meaning } of found) io.out(`${term}: ${meaning}`);
  return 0;
}

/** A row may name several words of one idea. */
function namesOf(term: string): readonly string[] {
  return term.toLowerCase().split(", ");
}

function entries(): readonly Entry[] {
  const rows = [...readFileSync(PAGE, "utf8").matchAll(ROW)];
  const found = rows.map(({ groups: { term = "", meaning = "" } = {} }) => ({ term, meaning }));
  assert(found.length > 0, "the glossary has terms");
  return found;
}
