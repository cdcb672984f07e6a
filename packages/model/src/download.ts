import type { Instant } from "./instant.ts";

/** The last answer of a public address, as the store remembers it, so that nothing is asked for twice. */
export interface Download {
  /** Without keys. */
  readonly address: string;
  /** Name of the feed that asked. */
  readonly feed: string;
  /** What the server named this version of the content. */
  readonly etag?: string | undefined;
  /** The server's own words for when it last changed. */
  readonly lastModified?: string | undefined;
  /** Length of the content, unpacked; 0 where there was none. */
  readonly bytes: number;
  readonly fetchedAt: Instant;
  /** Whether the content will never change again. */
  readonly isFinal: boolean;
}
