// Timing. Machines are shared and differ: engines take turns in every round, and ratios are of the same round.

const ROUNDS = 7;
const LEAST_SECONDS = 0.12;

/** Something that works through a sample. */
export interface Engine {
  readonly name: string;
  readonly rows: number;
  /** Seconds of one pass over all rows. */
  readonly pass: () => number;
}

/** An engine's median speed, and the median over the rounds of how many times as fast the first engine was. */
export interface Timing {
  readonly name: string;
  readonly perSecond: number;
  readonly ratio: number;
}

/** Times the engines in alternating rounds, after one that warms up. */
export function alternate(engines: readonly Engine[]): readonly Timing[] {
  const rounds: number[][] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const speeds = engines.map(({ pass, rows }) => rows / pass());
    if (round > 0) rounds.push(speeds);
  }
  return engines.map(({ name }, index) => ({
    name,
    perSecond: median(rounds.map((speeds) => speeds[index] ?? 0)),
    ratio: median(rounds.map((speeds) => (speeds[0] ?? 0) / (speeds[index] ?? 0))),
  }));
}

/** An engine that is a function here: the median of passes that together take a while. */
export function scriptEngine(name: string, rows: number, work: () => number): Engine {
  let sink = 0;
  return {
    name,
    rows,
    pass: () => {
      const times: number[] = [];
      for (let total = 0; total < LEAST_SECONDS; ) {
        const time = seconds(() => {
          sink += work();
        });
        times.push(time);
        total += time;
      }
      if (sink === Number.POSITIVE_INFINITY)
        throw new Error("a bench that computes nothing measures nothing");
      return median(times);
    },
  };
}

/** Seconds that some work takes. */
export function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
