import { describe, expect, it } from 'vitest';
import { formatPhone } from './phone-format.ts';
import { fill, timeOfCall } from './templates.ts';

describe('texts of voice tickets', () => {
  it.each([
    ['+16025550169', '+1 (602) 555-0169'],
    ['+61438474311', '+61 438 474 311'],
    ['4155550100', '4155550100'],
    ['+999', '+999'],
  ])('%s is shown as %s', (number, shown) => {
    expect(formatPhone(number)).toBe(shown);
  });

  it('tells the time as Zendesk does', () => {
    expect(timeOfCall(Date.UTC(2021, 0, 7, 16, 36, 11))).toBe('January 7, 2021 at 4:36:11 PM');
    expect(timeOfCall(Date.UTC(2021, 11, 31, 0, 5, 9))).toBe('December 31, 2021 at 12:05:09 AM');
  });

  it('fills in what it knows, and leaves the rest', () => {
    const words = new Map([['name', '$& Ada'], ['time', 'noon']]); // prettier-ignore
    const filled = (template: string): string => fill(template, (name) => words.get(name));
    expect(filled('{name} at {time} on {line}')).toBe('$& Ada at noon on {line}');
    expect(['', '{time}', '{{name}', 'no {} word', '{time}{time}'].map(filled)).toEqual(['', 'noon', '{$& Ada', 'no {} word', 'noonnoon']);
  });
});
