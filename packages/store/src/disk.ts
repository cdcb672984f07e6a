import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Steps of a write, each of which may fail or be the last thing that a process does. */
export type WriteStep = "write" | "sync" | "record" | "rename" | "sync-folder" | "finish";

/** Called before every step; tests let it throw, or end the process. */
export type BeforeStep = (step: WriteStep) => void;

/** What a file is, for telling later whether it still is. */
export interface Fingerprint {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** How a file comes to its place. */
export interface Placing {
  readonly write: (path: string) => Promise<void>;
  /** Called before the file has its name, so that no file lies in the store that the catalogue does not know. */
  readonly record: (fingerprint: Fingerprint) => void;
  readonly before: BeforeStep;
}

/**
 * Puts a file in its place whole or not at all: written beside, forced to disk, renamed, and the folders forced to disk, so
 * that the name survives a power cut too.
 */
export async function placeFile(
  path: string,
  temporary: string,
  { write, record, before }: Placing,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(dirname(temporary), { recursive: true });
  const firstMade = await mkdir(folder, { recursive: true });
  try {
    before("write");
    await write(temporary);
    before("sync");
    await forceToDisk(temporary);
    const fingerprint = await fingerprintOf(temporary);
    before("record");
    record(fingerprint);
    before("rename");
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  before("sync-folder");
  for (const changed of foldersUpTo(folder, firstMade)) await forceToDisk(changed);
}

/** The folder, and the parents of those that were made for it. */
function foldersUpTo(folder: string, firstMade: string | undefined): readonly string[] {
  if (firstMade === undefined) return [folder];
  const parent = dirname(folder);
  return [folder, ...(folder === firstMade ? [parent] : foldersUpTo(parent, firstMade))];
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** SHA-256 of a file and its size. */
export async function fingerprintOf(path: string): Promise<Fingerprint> {
  const content = await readFile(path);
  return { sha256: createHash("sha256").update(content).digest("hex"), bytes: content.length };
}
