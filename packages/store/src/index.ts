export { type Batch, type ColumnData, factsOf, NO_DATE } from "./batch.ts";
export type { ImportRecord, Partition } from "./catalogue.ts";
export { type ConstantMaturity, constantMaturity } from "./constant-maturity.ts";
export type { BeforeStep, WriteStep } from "./disk.ts";
export type { Versions } from "./query.ts";
export {
  type Answer,
  type Asked,
  type Band,
  barsOf,
  chainOf,
  contractHistory,
  eventsOf,
  filingsOf,
  futuresOf,
  observationsOf,
  type QuoteSelection,
  type Range,
  type StoredChain,
  selectedQuotes,
  termStructure,
} from "./reads.ts";
export { lastSnapshots, type Snapshot, type SnapshotSelection, type Window } from "./snapshots.ts";
export {
  contentHasher,
  type ImportInfo,
  type ImportResult,
  MarketStore,
  type Selection,
  type StoreSettings,
} from "./store.ts";
export { type Damage, verifyStore } from "./verify.ts";
export type { FactWriter, Tally } from "./writer.ts";
