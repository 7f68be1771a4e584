import { describe, expect, it } from 'vitest';
import { Column } from './column.ts';
import { Postings } from './postings.ts';
import { type Entry, RecordTable } from './record-table.ts';
import type { Mask } from './mask.ts';

describe('postings', () => {
  it('give back what was added, however the lists grow beside each other', () => {
    const postings = new Postings();
    const lists = Array.from({ length: 50 }, () => postings.open());
    const expected = lists.map((list) => Array.from({ length: list ** 2 * 8 }, (_, at) => at * 3 + list));
    const longest = Math.max(...expected.map((values) => values.length));
    for (let at = 0; at < longest; at += 1) {
      for (const list of lists) {
        const value = expected[list]?.[at];
        if (value === undefined) continue;
        postings.add(list, value);
        postings.add(list, value);
      }
    }
    expect(lists.map((list) => [...postings.read(list)])).toEqual(expected);
    expect(lists.map((list) => postings.count(list))).toEqual(expected.map((values) => values.length));
    expect(() => postings.add(50, 1)).toThrow('there is no list 50');
  });
});

describe('a column', () => {
  it('finds the first value above another', () => {
    const column = new Column(1);
    for (const value of [2, 4, 4, 9]) column.push(value);
    expect([0, 2, 3, 4, 8, 9].map((value) => column.above(value))).toEqual([0, 1, 1, 3, 3, 4]);
    expect([column.length, column.at(3), column.at(4)]).toEqual([4, 9, Number.NaN]);
  });
});

const entry = (id: number, title: string, body: string[], values: Entry['values'] = []): Entry => ({
  id,
  numbers: [id * 10],
  values,
  texts: [[0, [title]], [1, body]], // prettier-ignore
});

function table(): RecordTable {
  const made = new RecordTable(['created']);
  made.put(entry(1, 'Printer on fire', ['It burns', 'since order-17']));
  made.put(entry(2, 'Fire drill', ['Printer', 'on fire'], [['tags', 'Hot'], ['tags', 'gold']])); // prettier-ignore
  made.put(entry(3, 'Ünicode naïveté', [], [['tags', 'hotter']]));
  return made;
}

const ids = (made: RecordTable, mask: Mask): number[] => {
  const there = made.all();
  return [...mask.keys()].filter((row) => mask[row] === 1 && there[row] === 1).map((row) => made.ids.at(row));
};

describe('a table of records', () => {
  it.each<[string, number[], number[]]>([
    ['fire', [0, 1], [1, 2]],
    ['fire', [0], [1, 2]],
    ['fire', [1], [2]],
    ['FIRE', [0], [1, 2]],
    ['printer on fire', [0, 1], [1]],
    ['on fire', [0, 1], [1, 2]],
    ['burns since', [1], []],
    ['order-17', [1], [1]],
    ['order-1*', [1], [1]],
    ['ord*', [1], [1]],
    ['printer f*', [0, 1], []],
    ['naïveté', [0], [3]],
    ['ünicode na*', [0], [3]],
    ['*', [1], [1, 2]],
    ['-', [0, 1], []],
    ['nothing', [0, 1], []],
  ])('finds the words %s in %j', (text, zones, expected) => {
    const made = table();
    expect(ids(made, made.worded(text, zones))).toEqual(expected);
  });

  it.each<[string, number[]]>([
    ['hot', [2]],
    ['HOT*', [2, 3]],
    ['none', [1]],
    ['*', [2, 3]],
    ['cold', []],
  ])('finds the value %s', (text, expected) => {
    const made = table();
    expect(ids(made, made.valued('tags', text))).toEqual(expected);
  });

  it('knows a record as it was put last, and no more when it is gone', () => {
    const made = table();
    made.put(entry(1, 'Fridge', ['cold']));
    made.remove(2);
    made.remove(9);
    expect([ids(made, made.worded('fire', [0, 1])), ids(made, made.worded('fridge', [0]))]).toEqual([[], [1]]);
    expect([ids(made, made.withId(1)), ids(made, made.withId(2)), made.records, made.size]).toEqual([[1], [], 2, 4]);
    expect(
      ids(
        made,
        made.numbered('created', (value) => value > 15),
      ),
    ).toEqual([3]);
    expect(ids(made, made.all())).toEqual([3, 1]);
  });

  it('reads long lists as it reads short ones', () => {
    const made = new RecordTable(['created']);
    for (let id = 1; id <= 3_000; id += 1) made.put(entry(id, `all ${id % 2 === 0 ? 'even' : 'odd'} n${id}`, ['body all']));
    expect(ids(made, made.worded('all odd', [0]))).toHaveLength(1_500);
    expect(ids(made, made.worded('even n300', [0]))).toEqual([300]);
    expect(ids(made, made.worded('even n3*', [0]))).toHaveLength(56);
    expect(ids(made, made.worded('all', [1]))).toHaveLength(3_000);
  });
});
