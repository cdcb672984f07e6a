/** The page about the model. Every measured number on it comes from the run. */
import type { Accuracy, Measurement } from "./measurement.ts";
import {
  blockTable,
  condorTable,
  futuresTable,
  indicesTable,
  namedDaysTable,
  one,
  oneSessionTable,
  percent,
  smileTable,
  spreadTable,
  two,
  vixLevelTable,
  vixOptionTable,
  vixTable,
} from "./tables.ts";

export function page(measured: Measurement, accuracy: Accuracy): string {
  return [
    whatItIs(accuracy),
    howPricesAreMade(),
    levelErrors(measured),
    chainErrors(measured),
    weaknesses(measured),
    labels(),
  ]
    .map((section) => section.trim())
    .join("\n\n")
    .concat("\n");
}

function whatItIs({ oneSessionCredit, shortCredit, vixFromSpx }: Accuracy): string {
  return `
# The modelled market

_Written by \`node tools/measure-market-model.ts\`; the numbers come from its run on real data, which is not part of the
repository. Edit the script, not the page._

Free histories hold the S&P 500 and, with luck, VIX. They hold no option chains. So that a backtest can run at all, the
package \`market-model\` makes, for every session, a chain of SPX options, a curve of VIX futures and chains of VIX options out
of what is there. These prices are ours, not the market's. What follows is how they are made and how wrong they are.

In short: the *shape* of the smile is well known, its *level* one session before expiration is not. On chains taken at the
close, the credit of a ten-point condor one session out is off by ${percent(oneSessionCredit.indices)} on average with all
real indices, ${percent(oneSessionCredit.vix)} with real VIX, ${percent(oneSessionCredit.spx)} from the index alone; two to
nine days out by ${percent(shortCredit.indices)}, ${percent(shortCredit.vix)} and ${percent(shortCredit.spx)}. VIX from the
index alone is off by ${one(vixFromSpx)} points a day. **The mean profit of a one-session condor is not identified by this model:** a change of
5 % in one-session volatility, which the data cannot tell from none, is as large as any edge. Results therefore come
with \`shortVolScale\` 0.95 and 1.05 beside 1, and a sign that flips between them is undetermined.

## Inputs

| input | needed | without it |
| --- | --- | --- |
| S&P 500 open, high, low, close | yes | – |
| VIX | no | modelled from range and closes of the index |
| VIX9D, VIX3M, VIX6M, VVIX | no | modelled from VIX, real or modelled |
| VIX futures | no | modelled from the three indices; between real months interpolated |
| short rate | no | federal funds target (middle of the range) and 0.25 points |
| dividend yield | no | 1.7 % |
| option chains | no | modelled, expiration by expiration |

A real series replaces the modelled one session by session. Level is said to come from the *real indices* (VIX, VIX9D, VIX3M and
VIX6M), from *real VIX*, or from the *index alone*.

Every state is a fold over the past: truncating or falsifying the history after a session leaves the session's prices
bit-identical, which a test holds. Look-ahead remains in constants only: the smile was fitted on chains of 2011 to 2023 and
is applied to all years. The modelled VIX uses constants fitted on 2000 to 2010 from 2011 on, and constants fitted on
2011 to 2025 before. The first 126 sessions of an index history without VIX have no volatility and no slices; until 252 they
are marked as settling.
`;
}

function howPricesAreMade(): string {
  return `
## How a price is made

1. **Clock.** Variance passes in effective sessions: 1 a session, 0.12 a closed day; an opening settlement ends 0.73 of a session
   earlier. A closure counts from the evening on which it was known.
2. **Level.** Each index gives a node: 0.985 · index² · days / 365 of total variance, at the effective sessions of its
   horizon. Between nodes total variance is linear. Inside nine days a power law leads to one session, whose log variance rate
   stands \`−0.08 + 1.30 t\` above VIX9D's, \`t\` being half the log ratio of the 9-day and 30-day rates. \`shortVolScale\` acts here.
3. **Smile.** In \`x = ln(K/F)/s\` variance is a hyperbola through (0, 1), an SVI slice. The skew grows with
   time to expiration and with VVIX; the left wing flattens with time; the right wing is fixed.
4. **At the money.** \`s\` is solved so that the variance swap replicated from the slice equals the level: the slice closes on the index.
5. **Price.** Black (1976) on the forward of the carry. Marks are these prices.
6. **Quotes.** The half-spread is \`0.03 + 0.03 P^0.55\` points for SPX and SPXW since 2012, \`0.02 + 0.20 √P\` before (chains of
   January 2011 up to 20 days; nothing earlier was seen), \`0.008 + 0.022 √P\` for XSP, and for VIX options \`0.02 + 0.025 P\` since 2017 and
   \`0.05 + 0.006 P\` before, weeklies 1.6 times as wide. All are multiplied by \`exp(1.8 (ln VIX − its 63-session average))\`, from 1 to 8, and
   rounded to the tick of the day.
7. **VIX futures.** \`ln(F/VIX)\` is linear in \`ln(VIX3M/VIX)\`, \`ln(VIX6M/VIX3M)\` and a term for inverted curves, with loadings by days to
   settlement that vanish at settlement; held below 1.03 times the forward volatility that the indices imply.
8. **VIX options.** Black (1976) on the future of the same expiration. At the money the volatility follows VVIX and falls with time; below 28
   days it is lowered. The smile is a hyperbola that rises to the right.

Settlement: PM expirations settle on the index close, which is official; opening settlements of SPX on the index open,
an approximation that stands several points off at times, and in some free histories equals the previous close; VIX options on
the published value where it is on record, else on the last close of their future.
`;
}

function levelErrors(measured: Measurement): string {
  return `
## Errors of level

Errors are model less real, in index points; MAE is the mean absolute error.

### VIX from the index alone

Each session is modelled with the constants that have not seen it; the last row spans both.

${vixTable(measured)}

By the true VIX:

${vixLevelTable(measured)}

Named days. Shocks of positioning do not show in the index's own path:

${namedDaysTable(measured)}

### The other indices

The constants of these indices and of the futures were fitted on most of these years: the errors are in sample, and the
biases of the periods show how far they drift.

${indicesTable(measured)}

### VIX futures

Settlements to August 2014, closing prices after; first to eighth month, August 2006 to May 2017, real indices from 2008.

${futuresTable(measured)}

### One session ahead

The modelled volatility of the next session's total variance, × √252, against VIX1D since April 2023:

${oneSessionTable(measured)}
`;
}

function chainErrors(measured: Measurement): string {
  const { slices } = measured;
  const days = new Set(slices.map(({ date }) => date)).size;
  const synchronous = slices.filter(({ isSynchronous }) => isSynchronous);
  const synchronousDays = new Set(synchronous.map(({ date }) => date)).size;
  return `
## Errors on real chains

${slices.length} expirations of one to 45 days on ${days} days: four of January 2011, January and February 2018 (two expirations), 28 of 2019, one each of
February and September 2023. On ${synchronousDays} of these days (${synchronous.length} expirations) the quotes were taken at the close; the others are snapshots of 2019
at unknown hours against that day's closing indices, so that everything about *level* on them is overstated.
Each expiration is priced on the forward that its own put-call parity implies. The smile's constants were fitted on these
chains among others, so the errors of shape are in sample; those of level are not, but for one constant of the one-session rate.

Cells are volatility points (a year of 265.56 effective sessions): put MAE (bias) / call MAE (bias), by the absolute delta of the real
option in percent. *Shape only* takes the at-the-money volatility from the chain.

### At the close

${smileTable(measured.smiles.synchronous)}

### All chains

${smileTable(measured.smiles.all)}

### By block of days

All sides and deltas together.

${blockTable(measured.smiles.all)}

## Credit of a ten-point condor

Strikes are solved on the middle prices of the real chain for the target credit, puts and calls at nearly equal delta; the model
prices the same strikes. Cells are bias, MAE in points (and MAE as a share of the credit).

At the close:

${condorTable(measured, true)}

All chains:

${condorTable(measured, false)}

## Quoted half-spreads

Cells are real / model (MAE) in points, by the option's price in points; for XSP both price and half-spread are of XSP, in the bucket of
ten times its price. The rules for January 2011 and for XSP were fitted on the very quotes they are compared with here.

${spreadTable(measured)}

## VIX options

Volatility points of calls on their own future with the real VVIX of the day: MAE (bias, n). Two calm days are all there is, and the model was fitted on them.

${vixOptionTable(measured)}
`;
}

function weaknesses({ vix, smiles, spreads }: Measurement): string {
  const calls = smiles.all.errors("shape call 16").bias;
  const worst = vix.reduce((found, pair) =>
    pair.model - pair.real < found.model - found.real ? pair : found,
  );
  const panic = spreads.filter(({ regime, bucket }) => regime === "2018, VIX > 25" && bucket === "10–40");
  const ratio =
    panic.reduce((sum, { real }) => sum + real, 0) / panic.reduce((sum, { model }) => sum + model, 0);
  return `
## Weaknesses

1. One-session level is driven by events that no index here shows. Daily expirations were not listed before 2022: a daily backtest on
   earlier years trades a hypothetical instrument. No one-session chain above VIX 24 was seen.
2. Level errors come in months, not days: they do not average out within a year.
3. Calls of 16 delta are modelled ${two(calls)} points too rich on average with the level known. Refits of the smile did not hold up on blocks that were left
   out, so the published constants stand.
4. From the index alone, shocks of positioning are missed exactly when hedges pay (worst: ${worst.date}, VIX ${one(worst.real)} against ${one(worst.model)}). Never
   judge the hedge without real VIX.
5. The premium in VIX futures drifts between eras by most of a point, and in panics the modelled back months are too high,
   which flatters a hedge.
6. VIX options rest on two calm days; everything at a high VVIX is extrapolation.
7. Quotes: crisis spreads rest on one episode (2018 above VIX 25, options of 10 to 40 points: real ${two(ratio)} times the rule), years before 2012 on four days, and XSP on one.
8. Prices are as of the cash close. Index closes and volatility closes are minutes apart, which matters on violent days.
`;
}

function labels(): string {
  return `
## Labels

Every session carries where its level comes from (\`indices\`, \`vix\`, \`spx\`), whether VVIX and futures are real, whether it is still settling, and
whether it lies beyond the sample (\`before-2011\`, \`vix-above-24\`, \`vvix-above-120\`). The market's \`provenance\` has one row for the real and one for the
modelled part of each series, with these errors in its words; they come from \`packages/market-model/src/accuracy.ts\`, which the same
run writes.
`;
}
