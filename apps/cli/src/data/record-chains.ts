import { CHAINS_FEED, delayedChain } from "@steward/feeds";
import { Failure, type Instant } from "@steward/model";
import type { MarketStore } from "@steward/store";
import type { ChainJudgement } from "./chain-check.ts";
import { type Fetching, type FileOutcome, fetchFile } from "./fetch-file.ts";

/** What one look at the exchange's chains left in the store. */
export interface Recording {
  /** When the exchange was asked. */
  readonly at: Instant;
  readonly chains: readonly ChainRecording[];
  readonly failures: readonly Failure[];
}

/** One underlying's part of it. */
export interface ChainRecording {
  readonly symbol: string;
  /** `known`: what the exchange shows is in the store already, as it is after the close. */
  readonly state: "recorded" | "known" | "failed";
  /** When the quotes stood. */
  readonly quotedAt?: Instant | undefined;
  /** How many there are. */
  readonly quotes: number;
  readonly added: number;
  /** What the rules say of what was recorded. */
  readonly quality?: Pick<ChainJudgement, "state" | "findings"> | undefined;
}

/** Records the chains as they are shown now; one that fails keeps none of the others away. */
export async function recordChains(symbols: readonly string[], fetching: Fetching): Promise<Recording> {
  const at = fetching.io.now();
  const chains: ChainRecording[] = [];
  const failures: Failure[] = [];
  for (const symbol of symbols) {
    const progress = fetching.io.progress(symbol);
    try {
      chains.push(
        recordingOf(symbol, await fetchFile(CHAINS_FEED, delayedChain(symbol), fetching), fetching.store),
      );
    } catch (error) {
      if (!(error instanceof Failure) || !error.code.startsWith("feed.")) throw error;
      failures.push(error);
      chains.push({ symbol, state: "failed", quotes: 0, added: 0 });
    } finally {
      progress.done();
    }
  }
  return { at, chains, failures };
}

function recordingOf(symbol: string, file: FileOutcome, store: MarketStore): ChainRecording {
  if (file.kind !== "new") return { symbol, state: "known", quotes: 0, added: 0 };
  const { read = 0, added = 0 } = file.outcome.tables.quotes ?? {};
  if (added === 0) return { symbol, state: "known", quotes: read, added };
  const quotedAt = lastQuoteOf(file.outcome.name, store);
  const judged = file.outcome.chains.find(({ underlying }) => underlying === symbol);
  const quality = judged && { state: judged.state, findings: judged.findings };
  return { symbol, state: "recorded", quotedAt, quotes: read, added, quality };
}

/** The instant of the quotes that the last import of an address brought. */
function lastQuoteOf(address: string, store: MarketStore): Instant | undefined {
  const id = store.imports().findLast(({ name }) => name === address)?.id;
  const brought = store.partitions("quotes").filter(({ importId }) => importId === id);
  return brought.length === 0
    ? undefined
    : (Math.max(...brought.map(({ occurredTo }) => occurredTo)) as Instant);
}
