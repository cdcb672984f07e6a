import { Failure, type Instant } from "@steward/model";
import type { Command } from "commander";
import { openStore } from "../data/home.ts";
import { chainPicture, ladderOf } from "../data/stored-chain.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { parseDateOption } from "../sessions.ts";
import { chainPictureLines, ladderLines } from "../text/chain-picture.ts";
import { sharedOptions } from "./options.ts";

const HELP = `
Of several pictures of a session the last one known is shown. Forward, its error and the rate are what put-call parity says of
each expiration; options that can be exercised early have none. --as-of shows what was known at an instant.

Examples:
  steward data chain SPX 2019-05-16
  steward data chain SPX 2019-05-16 --expiration 2019-05-17 --root SPXW
  steward data chain VIX 2026-11-23 --as-of 2026-11-23T20:50:00Z --json`;

interface ChainOptions {
  readonly asOf?: string;
  readonly source?: string;
  readonly expiration?: string;
  readonly root?: string;
  readonly json?: boolean;
}

/** `steward data chain`: a stored chain and what the rules say of it. */
export function addChainCommand(data: Command, run: CommandRunner, io: Io): void {
  data
    .command("chain")
    .description(
      "show a stored chain: its expirations, forwards and findings, or the quotes of one expiration",
    )
    .argument("<underlying>", "SPX, VIX, SPY, ...")
    .argument("<session>", "YYYY-MM-DD")
    .option("--as-of <instant>", "as known then, 2026-11-23T20:50:00Z; now if left out")
    .option("--source <name>", "of this vendor; of the one with most quotes if left out")
    .option("--expiration <date>", "the quotes of this expiration")
    .option("--root <root>", "of this root, where several expire on that date")
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((underlying: string, session: string, options: ChainOptions) =>
      run(() => showChain({ underlying, session }, options, io)),
    );
}

async function showChain(
  named: { readonly underlying: string; readonly session: string },
  { asOf, source, expiration, root, json }: ChainOptions,
  io: Io,
): Promise<ExitStatus> {
  const question = {
    underlying: named.underlying.toUpperCase(),
    session: parseDateOption(named.session, "SESSION"),
    source,
    asOf: asOf === undefined ? io.now() : instantOf(asOf),
  };
  const store = await openStore();
  try {
    const { picture, quotes } = await chainPicture(store, question);
    const ladder =
      expiration === undefined
        ? undefined
        : ladderOf(quotes, {
            root: root?.toUpperCase(),
            expiration: parseDateOption(expiration, "--expiration"),
          });
    if (json)
      printJson(io, {
        schema: "steward/data-chain@1",
        ...picture,
        ...(ladder === undefined ? {} : { ladder }),
      });
    else
      for (const line of ladder === undefined ? chainPictureLines(picture) : ladderLines(ladder))
        io.out(line);
    return 0;
  } finally {
    store.close();
  }
}

/** An instant with its offset: a time without one would be anybody's. */
function instantOf(text: string): Instant {
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const milliseconds = isComplete ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(milliseconds)) return (milliseconds * 1000) as Instant;
  throw new Failure(
    "input.invalid",
    `expected an instant like 2026-11-23T20:50:00Z for --as-of, found ${text}`,
  );
}
