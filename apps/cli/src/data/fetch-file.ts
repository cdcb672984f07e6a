import { type FeedClient, type FeedRequest, feedFailure, pageTitle } from "@steward/feeds";
import { memorySource } from "@steward/importers";
import { type Download, Failure } from "@steward/model";
import type { MarketStore } from "@steward/store";
import type { Io, Progress } from "../io.ts";
import { type ImportOutcome, importSource } from "./import-source.ts";

/** Where files come from and go to. */
export interface Fetching {
  readonly store: MarketStore;
  readonly client: FeedClient;
  readonly io: Io;
}

/** What became of one file. */
export type FileOutcome =
  | { readonly kind: "new"; readonly outcome: ImportOutcome }
  | { readonly kind: "unchanged" }
  | { readonly kind: "absent" };

/**
 * Asks for a file and takes it into the store: all of it, or nothing and a failure of feeds. The log is written last, so that
 * whoever is interrupted asks once more instead of missing something.
 */
export async function fetchFile(
  feed: string,
  request: FeedRequest,
  { store, client, io }: Fetching,
): Promise<FileOutcome> {
  const known = store.downloads().find(({ address }) => address === request.address);
  const answer = await client.get(feed, request, known);
  const note = (download: Pick<Download, "etag" | "lastModified" | "bytes" | "isFinal">): void =>
    store.noteDownload({ ...download, address: request.address, feed, fetchedAt: io.now() });

  if (answer.kind === "unchanged") {
    if (known !== undefined) note({ ...known, isFinal: request.freshness === "once" });
    return { kind: "unchanged" };
  }
  const isEmpty =
    answer.kind === "content" && (answer.bytes.length === 0 || pageTitle(answer.bytes) !== undefined);
  if (answer.kind === "absent" || (isEmpty && request.absence !== undefined)) {
    if (request.absence === "lasting") note({ bytes: 0, isFinal: false });
    return { kind: "absent" };
  }
  const outcome = await take(feed, request, { store, io, bytes: answer.bytes });
  const { etag, lastModified } = answer;
  note({ etag, lastModified, bytes: answer.bytes.length, isFinal: request.freshness === "once" });
  return outcome.state === "repeated" ? { kind: "unchanged" } : { kind: "new", outcome };
}

const QUIET: Progress = { update: () => {}, done: () => {} };

async function take(
  feed: string,
  { address, format, series }: FeedRequest,
  { store, io, bytes }: Pick<Fetching, "store" | "io"> & { readonly bytes: Uint8Array },
): Promise<ImportOutcome> {
  try {
    const options = { importedAt: io.now(), format, series };
    return await importSource(store, memorySource(address, bytes), options, QUIET);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "data.malformed") throw error;
    // Where a page is what we want, its title says less than the importer.
    const page = address.endsWith(".htm") ? undefined : pageTitle(bytes);
    const found = page === undefined ? complaintOf(error, address) : `an HTML page, "${page}"`;
    throw feedFailure({ code: "feed.changed", feed, address, expected: `the format ${format}`, found });
  }
}

/** An importer's message names the source first, which ours does anyway. */
function complaintOf({ message }: Failure, address: string): string {
  return `another: ${message.startsWith(`${address}: `) ? message.slice(address.length + 2) : message}`;
}
