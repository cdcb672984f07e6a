import { FEEDS, type Feed, feedsNamed, planOf } from "@steward/feeds";
import type { Failure } from "@steward/model";
import type { Command } from "commander";
import { openStore } from "../data/home.ts";
import { readKeys } from "../data/keys.ts";
import { networkClient } from "../data/network.ts";
import { bringCalendar } from "../data/shipped-calendar.ts";
import {
  type FeedOutcome,
  howToGet,
  missingKey,
  planContext,
  syncFeed,
  withoutKey,
} from "../data/sync-feed.ts";
import { type CommandRunner, type ExitStatus, type Io, printJson } from "../io.ts";
import { alignColumns, fixed } from "../text/format.ts";
import { syncTable } from "../text/sync-table.ts";
import { sharedOptions } from "./options.ts";

const HELP = `
What is held is not asked for again, and what may have changed only on condition that it has. After a failure, or Ctrl-C, run it
again: it goes on where it was. A feed that fails does not stop the others. The first time takes about a quarter of an hour, for
the exchange wants seconds between requests.

Feeds:
${FEEDS.map(({ id, title }) => `  ${id.padEnd(16)}${title}`).join("\n")}

Environment (or keys.yaml with mode 600 in $STEWARD_HOME):
  FRED_API_KEY      key of FRED's API, free; for alfred and release-dates
  STEWARD_CONTACT   your mail address, told to the servers; for sec
  STEWARD_MIRROR    http://host:port that answers in place of all, under /host/path
  STEWARD_TIMEOUT   seconds without an answer or a byte after which a request is given up; 30

Examples:
  steward data sync
  steward data sync cboe-indices vx-settlements
  steward data sync --list`;

interface SyncOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `steward data sync`: free histories into the store. */
export function addSyncCommand(data: Command, run: CommandRunner, io: Io): void {
  data
    .command("sync")
    .description("bring free histories into the store, or up to date")
    .argument("[feed...]", "which; all unless named")
    .option("--list", "say what there is, and how many files are due")
    .addOption(sharedOptions.json())
    .addHelpText("after", HELP)
    .action((names: readonly string[], options: SyncOptions) => run(() => sync(names, options, io)));
}

async function sync(names: readonly string[], { list, json }: SyncOptions, io: Io): Promise<ExitStatus> {
  const feeds = feedsNamed(names);
  const keys = readKeys();
  const client = networkClient(keys, io);
  const store = await openStore();
  try {
    const context = planContext(store, keys, io);
    if (list) {
      const rows = feeds.map((feed) => listRow(feed, planOf(feed, context).length));
      if (json) printJson(io, { schema: "steward/data-feeds@1", feeds: rows });
      else for (const line of listTable(rows)) io.out(line);
      return 0;
    }
    const outcomes: FeedOutcome[] = names.length === 0 ? [await bringCalendar(store, io)] : [];
    for (const feed of feeds) {
      const isLocked = feed.needs !== undefined && !context.keys.has(feed.needs);
      if (!isLocked) outcomes.push(await syncFeed(feed, context, { store, client, io }));
      else if (names.length === 0) outcomes.push(withoutKey(feed, context, store));
      else {
        const failures = [missingKey(feed, context)];
        outcomes.push({ ...withoutKey(feed, context, store), state: "failed", failures });
      }
    }
    tell(outcomes, feeds, { json: json ?? false, io });
    return outcomes.some(({ state }) => state === "failed") ? 1 : 0;
  } finally {
    store.close();
  }
}

function tell(
  outcomes: readonly FeedOutcome[],
  feeds: readonly Feed[],
  { json, io }: { readonly json: boolean; readonly io: Io },
): void {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  if (json) {
    const plain = outcomes.map((outcome) => ({ ...outcome, failures: outcome.failures.map(documentOf) }));
    printJson(io, { schema: "steward/data-sync@1", feeds: plain, errors: failures.map(documentOf) });
  } else for (const line of syncTable(outcomes)) io.out(line);
  for (const { feed, state } of outcomes) {
    const needs = feeds.find(({ id }) => id === feed)?.needs;
    if (state === "skipped" && needs !== undefined) io.err(`${feed} was skipped: ${howToGet(needs)}`);
  }
  for (const { code, message } of failures) io.err(`steward: ${code}: ${message}`);
}

function documentOf({ code, message, details }: Failure): Pick<Failure, "code" | "message" | "details"> {
  return { code, message, details };
}

interface ListRow {
  readonly feed: string;
  readonly title: string;
  readonly home: string;
  readonly needs: Feed["needs"];
  readonly due: number;
}

function listRow({ id, title, home, needs }: Feed, due: number): ListRow {
  return { feed: id, title, home, needs, due };
}

function listTable(rows: readonly ListRow[]): readonly string[] {
  const cells = rows.map(({ feed, title, home, needs, due }) => {
    return [feed, new URL(home).host, needs ?? "", title, fixed(due, 0)];
  });
  return alignColumns([["feed", "from", "needs", "what", "files due"], ...cells], 4);
}
