import type { SurfaceRow } from '../account/index.ts';

export const CONTRACT = 'test/compliance/support-contract.test.ts';

export const row = (
  method: SurfaceRow['method'],
  path: string,
  evidence: SurfaceRow['evidence'],
  tests: readonly string[],
): SurfaceRow => ({ method, path, status: 'full', evidence, tests });

export const partly = (full: SurfaceRow, note: string): SurfaceRow => ({ ...full, status: 'partial', note });

export const USER_WRITE =
  'a photo comes by a form to `PUT /users/{user_id}` alone; `remote_photo_url` answers 501; that a password among the properties is set as by `POST /users/{user_id}/password` is inferred';
export const USERS_WRITE = 'no photos: `remote_photo_url` answers 501, and so does a password among the properties';
export const TICKET_WRITE = 'sharing, routing attributes and tpe_voice_comment answer 501';
/** Of exports that are made later. */
export const CSV =
  'no mail goes out: the journal has the link to the file, whose columns, and the three days for which it is there, are inferred';
