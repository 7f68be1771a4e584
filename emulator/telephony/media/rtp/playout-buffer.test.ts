import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio/audio.ts';
import { PlayoutBuffer } from './playout-buffer.ts';

/** A packet of 20 ms whose samples all are its number. */
const samples = (number: number) => new Int16Array(FRAME_SAMPLES).fill(number);
const START = 4_294_967_000;
const at = (number: number) => (START + (number - 1) * FRAME_SAMPLES) >>> 0;

function insert(buffer: PlayoutBuffer, ...numbers: number[]): boolean[] {
  return numbers.map((number) => buffer.insert(at(number), samples(number)));
}

function play(buffer: PlayoutBuffer, frames: number): number[] {
  return Array.from({ length: frames }, () => {
    const frame = buffer.read();
    expect(new Set(frame).size).toBe(1);
    return frame[0] as number;
  });
}

describe('PlayoutBuffer', () => {
  it('is silent before anything came', () => {
    expect(play(new PlayoutBuffer(), 2)).toEqual([0, 0]);
  });

  it('plays 40 ms later, across the end of the timestamps', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2, 3, 4);
    expect(play(buffer, 7)).toEqual([0, 0, 1, 2, 3, 4, 0]);
  });

  it('does not mind order and duplicates', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 3, 3, 2, 1, 4);
    expect(play(buffer, 6)).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it('plays silence for what was lost', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2, 4);
    expect(play(buffer, 6)).toEqual([0, 0, 1, 2, 0, 4]);
  });

  it('drops what comes after its time, and says so', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2, 4);
    play(buffer, 6);
    expect(insert(buffer, 3)).toEqual([false]);
    insert(buffer, 5);
    expect(play(buffer, 2)).toEqual([5, 0]);
  });

  it('keeps time through a pause of the speaker', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1);
    expect(play(buffer, 50).filter((number) => number !== 0)).toEqual([1]);
    insert(buffer, 51, 52);
    expect(play(buffer, 4)).toEqual([0, 0, 51, 52]);
  });

  it('plays nothing twice, wherever its ring wraps', () => {
    const buffer = new PlayoutBuffer();
    const played: number[] = [];
    for (let number = 1; number <= 200; number++) {
      insert(buffer, number);
      played.push(...play(buffer, 1));
    }
    expect(played).toEqual([0, 0, ...Array.from({ length: 198 }, (_, index) => index + 1)]);
    play(buffer, 2);
    expect(new Set(play(buffer, 100))).toEqual(new Set([0]));
  });

  it('goes on from where a stalled sender goes on, without a hole in what follows', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2);
    expect(play(buffer, 10).slice(0, 4)).toEqual([0, 0, 1, 2]);
    insert(buffer, 3, 4, 5);
    expect(play(buffer, 3)).toEqual([3, 4, 5]);
  });

  it('takes packets of other sizes', () => {
    const buffer = new PlayoutBuffer();
    buffer.insert(START, new Int16Array(240).fill(1));
    buffer.insert((START + 240) >>> 0, new Int16Array(80).fill(1));
    expect(play(buffer, 5)).toEqual([0, 0, 1, 1, 0]);
  });

  it('follows a clock that jumps ahead', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2);
    play(buffer, 3);
    insert(buffer, 10_001, 10_002);
    expect(play(buffer, 4)).toEqual([0, 0, 10_001, 10_002]);
  });

  it('follows a clock that jumps back, once it is sure', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 10_001, 10_002);
    play(buffer, 3);
    expect(insert(buffer, 1, 2, 3, 4, 5)).toEqual([false, false, true, true, true]);
    expect(play(buffer, 5)).toEqual([0, 0, 3, 4, 5]);
  });

  it('gives up a standing surplus of delay', () => {
    const buffer = new PlayoutBuffer();
    insert(buffer, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    for (let number = 11; number <= 70; number++) {
      play(buffer, 1);
      insert(buffer, number);
    }
    // Two frames in hand again: the newest one comes third.
    expect(play(buffer, 3)).toEqual([69, 70, 0]);
  });

  it('ignores packets that are empty or absurdly long', () => {
    const buffer = new PlayoutBuffer();
    expect(buffer.insert(0, new Int16Array(0))).toBe(true);
    expect(buffer.insert(0, new Int16Array(20_000).fill(1))).toBe(true);
    expect(play(buffer, 3)).toEqual([0, 0, 0]);
  });
});
