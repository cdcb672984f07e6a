/** Measures the modelled market on real data and writes the page about it and the errors that labels quote. */
import { writeFileSync } from "node:fs";
import { accuracyModule } from "./measure-market-model/accuracy-module.ts";
import { FIXTURES, hasFixtures } from "./measure-market-model/fixtures.ts";
import { accuracyOf, measure } from "./measure-market-model/measurement.ts";
import { page } from "./measure-market-model/page.ts";

const PAGE = new URL("../docs/market-model.md", import.meta.url);
const ACCURACY = new URL("../packages/market-model/src/accuracy.ts", import.meta.url);

if (hasFixtures()) {
  const measured = measure((step) => console.log(`measuring: ${step}`));
  const accuracy = accuracyOf(measured);
  writeFileSync(ACCURACY, accuracyModule(accuracy));
  writeFileSync(PAGE, page(measured, accuracy));
  console.log("written: docs/market-model.md and packages/market-model/src/accuracy.ts");
} else {
  console.error(
    `measure-market-model: data.missing: expected real market data in ${FIXTURES.pathname}, found no such folder`,
  );
  process.exitCode = 1;
}
