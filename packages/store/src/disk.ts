import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Steps of a write, each of which may fail or be the last thing that a process does. */
export type WriteStep = "write" | "sync" | "rename" | "sync-folder" | "record" | "finish";

/** Called before every step; tests let it throw, or end the process. */
export type BeforeStep = (step: WriteStep) => void;

/**
 * Puts a file in its place whole or not at all: written beside, forced to disk, renamed, and the folder forced to disk, so
 * that the name survives a power cut too.
 */
export async function placeFile(
  path: string,
  temporary: string,
  { write, before }: { readonly write: (path: string) => Promise<void>; readonly before: BeforeStep },
): Promise<void> {
  await mkdir(dirname(temporary), { recursive: true });
  await mkdir(dirname(path), { recursive: true });
  try {
    before("write");
    await write(temporary);
    before("sync");
    await forceToDisk(temporary);
    before("rename");
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  before("sync-folder");
  await forceToDisk(dirname(path));
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** SHA-256 of a file, hexadecimal, and its size in bytes. */
export async function fingerprintOf(
  path: string,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
