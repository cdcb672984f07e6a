import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "@steward/model";

/** A folder of a test's own, and the way to remove it. */
export interface Folder {
  /** Writes a file and gives its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly pathOf: (name: string) => string;
  readonly remove: () => void;
}

export function openFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "steward-importers-"));
  const pathOf = (name: string): string => join(folder, name);
  return {
    pathOf,
    write: (name, content) => {
      writeFileSync(pathOf(name), content);
      return pathOf(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The failure that a call ends in; anything else that it does is a fault of the test. */
export function failureOf(call: () => unknown): Failure {
  try {
    call();
  } catch (cause) {
    if (cause instanceof Failure) return cause;
    throw cause;
  }
  throw new Error("expected a failure, found a result");
}

/** Lines as a file. */
export function lines(...rows: readonly string[]): string {
  return `${rows.join("\n")}\n`;
}
