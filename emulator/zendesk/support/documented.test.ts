import { describe, expect, it } from 'vitest';
import { documentedPath } from './documented.ts';

describe('documentedPath', () => {
  it.each([
    ['GET', '/views', '/views'],
    ['GET', '/tickets/recent', '/tickets/recent'],
    ['GET', '/tickets/35', '/tickets/{id}'],
    ['PUT', '/tickets/35/comments/7/make_private', '/tickets/{id}/comments/{id}/make_private'],
    ['DELETE', '/users/7/organizations/9', '/users/{id}/organizations/{id}'],
    ['GET', '/zen:user/7/relationship_fields/3/zen:ticket', '/{id}/{id}/relationship_fields/{id}/{id}'],
  ])('%s %s is %s', (method, path, template) => {
    expect(documentedPath(method, path)).toBe(template);
  });

  it.each([
    ['POST', '/tickets/35/comments'],
    ['PATCH', '/tickets/35'],
    ['GET', '/phone_calls'],
    ['GET', '/'],
    ['GET', '/constructor'],
  ])('%s %s is not documented', (method, path) => {
    expect(documentedPath(method, path)).toBeUndefined();
  });
});
