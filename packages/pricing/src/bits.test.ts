import { expect, it } from "vitest";
import { americanFingerprints, fingerprints } from "./testing/fingerprints.ts";

// 160,000 results and more. `node tools/bits.ts NODE...` compares them under other versions of Node; a change here
// moves last digits and says in its commit why.
it("every public function gives the bits it gave, on this engine as on the others", () => {
  expect(fingerprints()).toMatchInlineSnapshot(`
    {
      "black76Greeks": "38a797cd69da5c0e",
      "black76GreeksBatch": "09920483204cd66c",
      "black76ImpliedVolatility": "abfbdf70c8f74c4f",
      "black76ImpliedVolatilityBatch": "12d51feca8a5d5cf",
      "black76Price": "284babb51a8b5cb9",
      "black76PriceBatch": "639a44f20e574739",
      "black76SecondOrderGreeks": "daf57bc16adef0c5",
      "blackPrice": "663db726bb82c2e9",
      "chainGreeksBatch": "e05507211b591244",
      "europeanGreeks": "571f3955c481d045",
      "europeanGreeksBatch": "e36aa2a2930550ab",
      "europeanGreeksWithDividends": "7050747d423201ee",
      "europeanImpliedVolatility": "dbc667ddfcbb57cd",
      "europeanImpliedVolatilityBatch": "47506e51d6baa44d",
      "europeanPrice": "e0c3c5e27571fe3f",
      "europeanPriceBatch": "fee4f357aa259fbf",
      "europeanPriceWithDividends": "018f0a39f686c15b",
      "europeanSecondOrderGreeks": "575afd60eff3aca9",
      "impliedTotalVolatility": "e0b29d2db68fc7c2",
      "inTheMoneyProbability": "75c2e299c396b35f",
      "logRatio": "adb54a42d1dc667d",
      "normalCdf": "87a3d8ae1416a2b4",
      "normalPdf": "846fecc016293029",
      "normalQuantile": "b10991712418c574",
      "profitProbability": "749384c39627fe1b",
      "scaledTail": "b22e24a14113f4ba",
      "strictExp": "c71e6b2d5516552a",
      "strictExpm1": "691f5ca23205f3cc",
      "strictLog": "db2725f878a754aa",
      "touchProbability": "bbbf9b7220f0fca1",
    }
  `);
});

it("so does every American one", () => {
  expect(americanFingerprints()).toMatchInlineSnapshot(`
    {
      "americanGreeks": "d18c53170ae2697a",
      "americanGreeksWithDividends": "962e142a177b858c",
      "americanImpliedVolatility": "3ba2d4f8ef4a7053",
      "americanPrice": "f849dbe768a70dde",
      "americanPriceByReference": "81659b72bfcac16b",
    }
  `);
});
