import type { RequestHandler } from 'express';
import type { Accounts } from '../../account/index.ts';
import { invalidEndpoint } from '../errors.ts';

export function fallback(_accounts: Accounts): RequestHandler {
  return () => {
    throw invalidEndpoint();
  };
}
