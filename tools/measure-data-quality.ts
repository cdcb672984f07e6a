/** Measures the rules of data quality on injected faults and on real chains, and writes the page about them. */
import { writeFileSync } from "node:fs";
import { hasFixtureChains } from "../packages/quality/src/testing/fixture-chains.ts";
import { measureQuality } from "./measure-data-quality/measurement.ts";
import { qualityPage } from "./measure-data-quality/page.ts";

const PAGE = new URL("../docs/data-quality.md", import.meta.url);

if (hasFixtureChains()) {
  const measured = measureQuality((step) => console.log(`measuring: ${step}`));
  writeFileSync(PAGE, qualityPage(measured));
  console.log("written: docs/data-quality.md");
} else {
  console.error(
    "measure-data-quality: data.missing: expected real option chains beside the checkout, found no such folder",
  );
  process.exitCode = 1;
}
