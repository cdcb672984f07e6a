import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { CalendarDate, Instant } from "@steward/model";

/** What makes two runs of rules the same trial. */
export interface TrialKey {
  /** Hash of all that decides on a result but data and range. */
  readonly configuration: string;
  /** Fingerprint of the data. */
  readonly data: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Version. */
  readonly engine: string;
}

/** A set of rules that somebody ran over a range of sessions, and what they saw. */
export interface Trial extends TrialKey {
  /** The configuration as a person knows it. */
  readonly name: string;
  /** Returns that the ratio rests on. */
  readonly periods: number;
  /** Per session; absent with skewness and kurtosis where returns do not vary. */
  readonly sharpe: number | undefined;
  readonly skewness: number | undefined;
  /** Raw: 3 for the normal. */
  readonly kurtosis: number | undefined;
  readonly firstRun: Instant;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS trials (
    configuration TEXT NOT NULL,
    data TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    engine TEXT NOT NULL,
    name TEXT NOT NULL,
    periods INTEGER NOT NULL,
    sharpe REAL,
    skewness REAL,
    kurtosis REAL,
    first_run INTEGER NOT NULL,
    PRIMARY KEY (configuration, data, from_date, to_date, engine)
  ) STRICT;
  PRAGMA user_version = 1;
`;

/**
 * Every trial that was ever run, since the best of many is worth less than the same result of one. Trials are added and never
 * taken away; the same one counts once. Several processes may write.
 */
export class TrialLedger {
  readonly #database: DatabaseSync;

  /** Opens the ledger of a file, or makes one. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: BUSY_MS });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    this.#database.exec(SCHEMA);
  }

  /** Adds what is new, on disk when it returns. */
  add(trials: readonly Trial[]): void {
    const insert = this.#database.prepare(
      `INSERT OR IGNORE INTO trials VALUES (:configuration, :data, :from, :to, :engine, :name, :periods, :sharpe, :skewness,
        :kurtosis, :firstRun)`,
    );
    this.#database.exec("BEGIN IMMEDIATE");
    for (const { sharpe = null, skewness = null, kurtosis = null, ...trial } of trials)
      insert.run({ ...trial, sharpe, skewness, kurtosis });
    this.#database.exec("COMMIT");
  }

  /** In the order in which they were first run. */
  all(): readonly Trial[] {
    return this.#database.prepare("SELECT * FROM trials ORDER BY first_run, rowid").all().map(trialFrom);
  }

  close(): void {
    this.#database.close();
  }
}

/** How long to wait for another process that is writing. */
const BUSY_MS = 10_000;

function trialFrom(row: Record<string, SQLOutputValue>): Trial {
  return {
    configuration: String(row["configuration"]),
    data: String(row["data"]),
    from: String(row["from_date"]) as CalendarDate,
    to: String(row["to_date"]) as CalendarDate,
    engine: String(row["engine"]),
    name: String(row["name"]),
    periods: Number(row["periods"]),
    sharpe: numberOf(row["sharpe"]),
    skewness: numberOf(row["skewness"]),
    kurtosis: numberOf(row["kurtosis"]),
    firstRun: Number(row["first_run"]) as Instant,
  };
}

function numberOf(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
