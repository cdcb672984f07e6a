import type { SessionRange } from "@steward/engine";
import { Failure } from "@steward/model";
import type { MarketData } from "./market-data.ts";
import { parseDateOption } from "./sessions.ts";

export interface RangeOptions {
  readonly from?: string;
  readonly to?: string;
}

/** The days of `--from` and `--to`, all that the data has where they are left out, or a refusal. */
export function rangeOf({ from, to }: RangeOptions, data: MarketData): SessionRange {
  const range = {
    from: from === undefined ? data.firstSession : parseDateOption(from, "--from"),
    to: to === undefined ? data.lastSession : parseDateOption(to, "--to"),
  };
  const found = `found ${range.from} to ${range.to}`;
  if (range.from < data.firstSession || range.to > data.lastSession || range.from > data.lastSession) {
    const message = `expected days from ${data.firstSession} to ${data.lastSession}, where the data lies, ${found}`;
    throw new Failure("session.beyond-data", message);
  }
  if (range.from > range.to)
    throw new Failure("input.invalid", `expected --from on or before --to, ${found}`);
  if (data.inputs.index.every(({ date }) => date < range.from || date > range.to)) {
    throw new Failure(
      "session.closed",
      `expected at least one session, ${found}, when the exchange is closed`,
    );
  }
  return range;
}
