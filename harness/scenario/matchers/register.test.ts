import { expect, test } from 'vitest';
import { registerMatchers } from './register.ts';

registerMatchers();

test('what a matcher cannot be said of is told at once', async () => {
  await expect(async () => expect({}).toCorrelate()).rejects.toThrow(
    'toCorrelate is said of a journey (what caller.dials(line) returns) or a caller; got {}',
  );
});
