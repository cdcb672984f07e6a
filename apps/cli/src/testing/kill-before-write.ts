// Loaded before the command line by `node --import`: ends the process before the write whose number stands in
// KILL_BEFORE_WRITE, with the one signal that nothing can catch. Without a number it tells at the end how many there were.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";

const last = Number(process.env["KILL_BEFORE_WRITE"]);
let writes = 0;

for (const name of ["mkdir", "open", "rename", "rm"]) guard(fs.promises, name);
for (const name of ["mkdirSync", "rmSync"]) guard(fs, name);
guard(StatementSync.prototype, "run");
guard(DatabaseSync.prototype, "exec");
syncBuiltinESMExports();
process.on("exit", () => process.stderr.write(`${writes} writes\n`));

function guard(owner: object, name: string): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") throw new Error(`expected a function ${name}`);
  Reflect.set(owner, name, function (this: unknown, ...args: readonly unknown[]): unknown {
    writes += 1;
    if (writes === last) process.kill(process.pid, "SIGKILL");
    return Reflect.apply(original, this, args);
  });
}
