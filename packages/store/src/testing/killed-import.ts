// A process that imports a sample and dies before the step of a number: `node killed-import.ts FOLDER STEP DAYS`.

import { MarketStore } from "../store.ts";
import { importSample } from "./sample-import.ts";

const [folder = "", step = "0", days = "40"] = process.argv.slice(2);
let steps = 0;
const store = await MarketStore.open(folder, {
  before: () => {
    steps += 1;
    if (steps === Number(step)) process.kill(process.pid, "SIGKILL");
  },
});
process.send?.("open");
await importSample(store, Number(days));
store.close();
process.stdout.write(String(steps));
