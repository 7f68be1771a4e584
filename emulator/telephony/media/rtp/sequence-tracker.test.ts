import { describe, expect, it } from 'vitest';
import { SequenceTracker } from './sequence-tracker.ts';

function run(sequences: readonly number[]) {
  const tracker = new SequenceTracker();
  return { arrivals: sequences.map((sequence) => tracker.note(sequence)), lost: tracker.lost };
}

describe('SequenceTracker', () => {
  it.each([
    ['in order', [5, 6, 7], ['next', 'next', 'next'], 0],
    ['across the end of the circle', [65_534, 65_535, 0, 1], ['next', 'next', 'next', 'next'], 0],
    ['with a gap', [1, 2, 5], ['next', 'next', 'gap'], 2],
    ['with a gap that is filled later', [1, 2, 4, 3, 5], ['next', 'next', 'gap', 'reordered', 'next'], 0],
    ['with a duplicate', [1, 2, 2, 3], ['next', 'next', 'duplicate', 'next'], 0],
    ['with a late duplicate', [1, 2, 3, 1], ['next', 'next', 'next', 'duplicate'], 0],
    ['with an earlier one than the first', [0, 65_535, 1, 3], ['next', 'reordered', 'next', 'gap'], 1],
    ['with a new numbering, keeping what was lost', [1, 3, 40_000, 40_001], ['next', 'gap', 'restarted', 'next'], 1],
  ] as const)('counts packets %s', (_, sequences, arrivals, lost) => {
    expect(run(sequences)).toEqual({ arrivals, lost });
  });

  it('keeps count over several turns of the circle', () => {
    const all = Array.from({ length: 200_000 }, (_, index) => index & 0xffff).filter((_, index) => index % 1_000 !== 999);
    expect(run(all).lost).toBe(199);
  });
});
