const LOWEST = 400;
const HIGHEST = 3_200;
/** A tone from outside may lie wherever a telephone carries one. */
const LOWEST_CARRIED = 100;
const HIGHEST_CARRIED = 3_400;
/** Multiples of 10 Hz have whole periods in a window of 100 ms. */
const STEP = 10;
const DTMF = [697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633];
/** Far enough from a DTMF tone not to be taken for it. */
const DTMF_DISTANCE = 25;
/** Ratios of harmonics that distortion could make of a tone. */
const RATIOS = [
  [1, 2],
  [1, 3],
  [2, 3],
  [1, 4],
  [3, 4],
] as const;
const RATIO_DISTANCE = 15;
const NEIGHBOUR_DISTANCE = 30;
/** A stride without a common factor with the number of candidates spreads the first tones far apart. */
const STRIDE = 103;

const CANDIDATES = spread(
  Array.from({ length: (HIGHEST - LOWEST) / STEP + 1 }, (_, index) => LOWEST + index * STEP).filter((frequency) =>
    DTMF.every((tone) => Math.abs(tone - frequency) >= DTMF_DISTANCE),
  ),
);

/**
 * A tone that no live voice has. First choice is one without a neighbour and without a small-integer ratio to any of
 * them; when those run out, any that is free. Undefined when all are taken.
 */
export function freeFrequency(taken: ReadonlySet<number>): number | undefined {
  const free = freeFrequencies(taken);
  return free.find((frequency) => [...taken].every((other) => apart(frequency, other))) ?? free[0];
}

/** The tones that voices can still have. */
export function freeFrequencies(taken: ReadonlySet<number>): number[] {
  return CANDIDATES.filter((frequency) => !taken.has(frequency));
}

/** Why a tone that somebody brings along cannot be measured as those of the voices are; undefined when it can. */
export function unfitFrequency(frequency: number): string | undefined {
  if (!(frequency >= LOWEST_CARRIED && frequency <= HIGHEST_CARRIED))
    return `it is not between ${LOWEST_CARRIED} and ${HIGHEST_CARRIED} Hz`;
  if (frequency % STEP !== 0) return `it is no multiple of ${STEP} Hz`;
  const key = DTMF.find((tone) => Math.abs(tone - frequency) < DTMF_DISTANCE);
  return key === undefined ? undefined : `it is less than ${DTMF_DISTANCE} Hz from ${key} Hz, a tone of the telephone's keys`;
}

/** Whether two tones cannot be mistaken for each other's neighbour or harmonic. */
export function apart(a: number, b: number): boolean {
  const [low, high] = a < b ? [a, b] : [b, a];
  if (high - low < NEIGHBOUR_DISTANCE) return false;
  return RATIOS.every(([p, q]) => Math.abs(low * q - high * p) >= RATIO_DISTANCE * q);
}

function spread(frequencies: number[]): number[] {
  const order = new Set<number>();
  for (let index = 0, at = 60; index < frequencies.length; index++, at += STRIDE) order.add(frequencies[at % frequencies.length] as number);
  return [...order, ...frequencies.filter((frequency) => !order.has(frequency))];
}
