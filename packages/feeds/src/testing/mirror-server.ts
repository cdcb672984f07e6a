import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** What a server does with one request. */
export type Behavior = (request: IncomingMessage, response: ServerResponse) => void;

/** A request as it came. */
export interface SeenRequest {
  /** `cdn.cboe.com/api/…?…`, as the address is without its scheme. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A local server that answers in place of every host. */
export interface MirrorServer {
  readonly address: string;
  /** Everything asked so far. */
  readonly seen: SeenRequest[];
  /** Does with the requests for an address one after the other as told; the last goes on. */
  readonly serve: (address: string, ...behaviors: readonly Behavior[]) => void;
  /** What to do with whatever has no behavior of its own; 404 unless told. */
  readonly serveOthers: (behaviorOf: (path: string) => Behavior | undefined) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of this machine. */
export async function mirrorServer(): Promise<MirrorServer> {
  const seen: SeenRequest[] = [];
  const scripts = new Map<string, Behavior[]>();
  let others: (path: string) => Behavior | undefined = () => undefined;
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    seen.push({ path, headers: request.headers });
    const script = scripts.get(path) ?? [];
    const behavior = (script.length > 1 ? script.shift() : script[0]) ?? others(path) ?? status(404);
    behavior(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    serve: (address, ...behaviors) => scripts.set(address.replace(/^https:\/\//, ""), [...behaviors]),
    serveOthers: (behaviorOf) => {
      others = behaviorOf;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** The content, and 304 to whoever has it. */
export function content(text: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Behavior {
  const body = typeof text === "string" ? Buffer.from(text) : text;
  return (request, response) => {
    const { etag, "last-modified": lastModified } = headers;
    const isKnown = etag !== undefined && request.headers["if-none-match"] === etag;
    const isUnmodified = lastModified !== undefined && request.headers["if-modified-since"] === lastModified;
    if (isKnown || (etag === undefined && isUnmodified)) response.writeHead(304, headers).end();
    else response.writeHead(200, { "content-length": body.length, ...headers }).end(body);
  };
}

/** The content packed, its end told by chunks. */
export function packed(text: string): Behavior {
  return (_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.write(gzipSync(text));
    response.end();
  };
}

/** A bare status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Behavior {
  return (_, response) => {
    response.writeHead(code, { "content-length": "0", ...headers }).end();
  };
}

/** The first half of a text, under the length of the whole. */
export function cutShort(text: string): Behavior {
  return (_, response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(text), connection: "close" });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  };
}

/** The first half of a text and a clean end, with nothing that tells its length. */
export function cutShortUntold(text: string): Behavior {
  return ({ socket }) => {
    socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${text.slice(0, text.length / 2)}`);
  };
}

/** Nothing at all, for good. */
export const silence: Behavior = () => {};

/** Headers and the first half of a text, and then nothing. */
export function stalled(text: string): Behavior {
  return (_, response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2));
  };
}

/** A connection that is cut before an answer. */
export const reset: Behavior = ({ socket }) => {
  socket.resetAndDestroy();
};

/** A page in place of data, under the status of a success. */
export function page(title: string): Behavior {
  return content(`<!DOCTYPE html>\n<title>${title}</title>`, {
    "content-type": "text/html",
  });
}
