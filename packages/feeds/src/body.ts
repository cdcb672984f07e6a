/** The content of an answer, or why there is none. */
export type Body =
  | { readonly kind: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: "broken";
      readonly code: "feed.truncated" | "feed.unreachable" | "feed.changed";
      readonly found: string;
    };

/** How much a body may take. */
export interface BodyLimits {
  /** Milliseconds without a byte. */
  readonly stallMs: number;
  readonly maxBytes: number;
}

/**
 * Reads a body and makes sure that it is whole. An answer that says neither how long it is nor where it ends cannot be told
 * from one that broke off, and is refused; an unpacker proves nothing, for that of Node takes half an archive for a whole one.
 */
export async function readBody(response: Response, { stallMs, maxBytes }: BodyLimits): Promise<Body> {
  const length = declaredLength(response);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined) {
      const part = await withinTime(reader.read(), stallMs);
      if (part === undefined) {
        const found = `no byte for ${stallMs / 1000} s after ${count(size)}`;
        return { kind: "broken", code: "feed.unreachable", found };
      }
      if (part.done) break;
      chunks.push(part.value);
      size += part.value.length;
      if (size > maxBytes) {
        return { kind: "broken", code: "feed.changed", found: `more than ${count(maxBytes)}` };
      }
    }
  } catch {
    return truncated(
      `an end after ${length === undefined ? count(size) : `${size.toLocaleString("en-US")} of ${count(length)}`}`,
    );
  } finally {
    // Of a body that is read to its end there is nothing to cancel, and of a broken one nothing to wait for.
    reader?.cancel().catch(() => {});
  }
  if (length !== undefined && length !== size) return truncated(`${count(size)} of ${count(length)}`);
  const isChunked = /\bchunked\b/i.test(response.headers.get("transfer-encoding") ?? "");
  if (!isChunked && response.headers.get("content-length") === null) {
    return truncated(`${count(size)} and no sign that they are all`);
  }
  return { kind: "whole", bytes: Buffer.concat(chunks) };
}

function truncated(found: string): Body {
  return { kind: "broken", code: "feed.truncated", found };
}

function count(bytes: number): string {
  return `${bytes.toLocaleString("en-US")} bytes`;
}

/** The length that the server tells, where it is the length of what we get: that of a packed body is not. */
function declaredLength({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  const isPacked = (headers.get("content-encoding") ?? "identity") !== "identity";
  return length === null || isPacked ? undefined : Number(length);
}

async function withinTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
