import { COMPILED_PASSES } from "./compiled-passes.ts";
import * as script from "./passes.ts";
import { MEMORY } from "./scratch.ts";

/** Every pass of passes.ts, by its name. */
export type Passes = Readonly<Record<keyof typeof script, (count: number) => void>>;

declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: object) => { readonly exports: Passes };
    }
  | undefined;

/** The passes as script. */
export const scriptPasses: Passes = script;

let chosen: Passes | undefined;

/** The passes on two rows at once where the engine has vector instructions, else as script: the same bits. */
export function fastestPasses(): Passes {
  chosen ??= compiledPasses() ?? scriptPasses;
  return chosen;
}

/** The passes on two rows at once; `undefined` where the engine cannot or may not compile them. */
export function compiledPasses(): Passes | undefined {
  if (typeof WebAssembly === "undefined" || MEMORY === undefined) return undefined;
  try {
    const module = new WebAssembly.Module(bytesOf(COMPILED_PASSES));
    return new WebAssembly.Instance(module, { scratch: { memory: MEMORY } }).exports;
  } catch {
    return undefined;
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function bytesOf(base64: string): Uint8Array {
  const text = base64.replace(/=+$/, "");
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  for (let i = 0, at = 0; i < text.length; i++) {
    bits = (bits << 6) | DIGITS.indexOf(text.charAt(i));
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}
