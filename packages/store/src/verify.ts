import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Partition } from "./catalogue.ts";
import { fingerprintOf } from "./disk.ts";
import type { MarketStore } from "./store.ts";

/** A partition that is not what the catalogue says. */
export interface Damage {
  readonly partition: Partition;
  readonly kind: "missing" | "changed" | "unreadable" | "rows";
  readonly message: string;
}

/** Checks every file of a store against the catalogue, telling after each. */
export async function verifyStore(
  store: MarketStore,
  tell: (done: number, of: number) => void = () => {},
): Promise<readonly Damage[]> {
  const partitions = store.partitions();
  const damages: Damage[] = [];
  for (const [i, partition] of partitions.entries()) {
    const damage = await damageOf(store, partition);
    if (damage !== undefined) damages.push({ partition, ...damage });
    tell(i + 1, partitions.length);
  }
  return damages;
}

async function damageOf(
  store: MarketStore,
  partition: Partition,
): Promise<Omit<Damage, "partition"> | undefined> {
  const path = join(store.folder, partition.path);
  if (!existsSync(path)) return { kind: "missing", message: `${path} is gone` };
  const { sha256, bytes } = await fingerprintOf(path);
  if (sha256 !== partition.sha256) {
    const message = `${path} was changed: ${bytes} bytes now, ${partition.bytes} when written`;
    return { kind: "changed", message };
  }
  try {
    const { rows } = await store.columnsOf(partition.table, [partition], {
      asOf: Number.MAX_SAFE_INTEGER as never,
      versions: "all",
      columns: ["knownAt"],
    });
    if (rows !== partition.rows) {
      return { kind: "rows", message: `${path} holds ${rows} facts, ${partition.rows} were written` };
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "unreadable", message: `${path} cannot be read: ${message}` };
  }
  return undefined;
}
