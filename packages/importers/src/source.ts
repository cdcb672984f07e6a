import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Failure } from "@steward/model";
import type { Opening, Source } from "./format.ts";

/** A file as a source, gzipped or not. Fails with `data.missing` where it cannot be read. */
export async function fileSource(path: string): Promise<Source> {
  const isGzip = await beginsLikeGzip(path);
  return { name: path, bytes: () => unpacked(createReadStream(path), isGzip, path) };
}

/** Bytes at hand as a source, gzipped or not: a download, or a test's text. */
export function memorySource(name: string, content: Uint8Array | string): Source {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    bytes: () => unpacked(Readable.from([bytes], { objectMode: false }), isGzipped(bytes), name),
  };
}

async function* unpacked(stream: Readable, isGzip: boolean, name: string): AsyncGenerator<Uint8Array> {
  const source = isGzip ? stream.pipe(createGunzip()) : stream;
  stream.once("error", (error) => source.destroy(error));
  try {
    for await (const chunk of source) yield chunk;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const code = isGzip && !isSystemError(cause) ? "data.malformed" : "data.missing";
    const what = code === "data.malformed" ? `${name}: expected a whole gzip archive` : `cannot read ${name}`;
    throw new Failure(code, `${what}, found ${message}`, { details: { path: name }, cause });
  } finally {
    stream.destroy();
  }
}

/** Errors of the file system have a call and a name of their own; those of an archive do not. */
function isSystemError(cause: unknown): boolean {
  return cause instanceof Error && "syscall" in cause;
}

async function beginsLikeGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
      return bytesRead === 2 && isGzipped(buffer);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("data.missing", `cannot read ${path}: ${message}`, { details: { path }, cause });
  }
}

function isGzipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The first bytes of a source. */
export async function openingOf(source: Source): Promise<Opening> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.bytes()) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= OPENING_BYTES) break;
  }
  const bytes = Buffer.concat(parts).subarray(0, OPENING_BYTES);
  const text = new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes);
  return { name: basename(source.name), text, bytes };
}

const OPENING_BYTES = 65_536;
