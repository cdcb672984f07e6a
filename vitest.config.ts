import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "tools/**/*.test.ts", "tests/**/*.test.ts"],
    // What takes minutes runs with `npm run test:long`, before a release and not on every change.
    exclude: ["**/node_modules/**", ...(process.env["STEWARD_LONG"] === "1" ? [] : ["**/*.long.test.ts"])],
    env: { TZ: "America/New_York" },
    testTimeout: 60_000,
    // Two cores: more workers only queue.
    maxWorkers: 2,
  },
});
