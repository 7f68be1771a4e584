/** A set of rows: one byte each. */
export type Mask = Uint8Array;

/** Both; changes and returns the first. */
export function and(mask: Mask, other: Mask): Mask {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) & (other[row] as number);
  return mask;
}

/** Either; changes and returns the first. */
export function or(mask: Mask, other: Mask): Mask {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) | (other[row] as number);
  return mask;
}

/** All others; changes and returns it. */
export function not(mask: Mask): Mask {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) ^ 1;
  return mask;
}

export function count(mask: Mask): number {
  let sum = 0;
  for (const bit of mask) sum += bit;
  return sum;
}
