/** A source of chance as data: the same seed gives the same draws on every machine. */
export interface Random {
  /** Uniform on [0, 1), 32 random bits. */
  next(): number;
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes PractRand and BigCrush, 32-bit integer operations only.
 * The seed is spread over the state by the recommended twelve warm-up rounds.
 */
export function seededRandom(seed: number): Random {
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 4294967296) | 0;
  let counter = 1;

  const draw = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return (result >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round += 1) draw();
  return { next: draw };
}

/** A whole number uniform on [0, limit). */
export function randomIndex(random: Random, limit: number): number {
  return Math.floor(random.next() * limit);
}
