import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "tools/**/*.test.ts", "tests/**/*.test.ts"],
    // What takes minutes runs with `npm run test:long`, before a release and not on every change.
    exclude: ["**/node_modules/**", ...(process.env["STEWARD_LONG"] === "1" ? [] : ["**/*.long.test.ts"])],
    // Results do not depend on whether the developer has a store.
    env: { TZ: "America/New_York", STEWARD_HOME: join(tmpdir(), "steward-home-of-nobody") },
    testTimeout: 60_000,
    // Two cores: more workers only queue.
    maxWorkers: 2,
  },
});
