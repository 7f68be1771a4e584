import { ApiError } from '../account/index.ts';

/** One reason per property of a 422. */
export interface Problem {
  readonly description: string;
  readonly error?: string | null;
  readonly ticket_field_id?: number;
  readonly ticket_field_type?: string;
  /** A property, or the id of a custom field. */
  readonly field_key?: string | number;
}

export type Problems = Readonly<Record<string, readonly Problem[]>>;

/** Unknown id; identical for GET, PUT and DELETE (recorded). */
export function recordNotFound(): ApiError {
  return new ApiError(404, { error: 'RecordNotFound', description: 'Not found' });
}

/** No such route under `/api/v2`. */
export function invalidEndpoint(): ApiError {
  return new ApiError(404, { error: 'InvalidEndpoint', description: 'Not found' });
}

/** A route that the vendor documents and Ringback does not emulate: never a made-up answer. */
export function notEmulated(what: string): ApiError {
  return new ApiError(501, {
    error: 'NotEmulated',
    description: `${what} is not emulated by Ringback; docs/coverage.md lists what is`,
  });
}

/** Bad path or query value, or a missing parameter (documented form). */
export function invalidAttribute(name: string, expected: string, action: string): ApiError {
  const message = `You passed an invalid value for the ${name} attribute. Invalid parameter: ${name} ${expected} from api/v2/${action}`;
  return new ApiError(400, { error: { title: 'Invalid attribute', message } });
}

/** A required parameter, or the wrapper property of a write, is missing (wording inferred). */
export function parameterMissing(name: string, action: string): ApiError {
  return invalidAttribute(name, 'is required', action);
}

/** More than 100 ids or items (recorded). */
export function tooManyValues(what: string, max = 100, verb = 'requested'): ApiError {
  return new ApiError(400, { error: 'TooManyValues', description: `Maximum ${max} ${what} may be ${verb} per call`, max_count: max });
}

/** Queued and running jobs of the account; the name is documented, the wording inferred. */
export function tooManyJobs(most: number): ApiError {
  const description = `Too many jobs are queued or running: at most ${most}; wait for one to complete`;
  return new ApiError(429, { error: 'TooManyJobs', description }, { 'Retry-After': '10' });
}

/** Newer services' answer to a cursor that they did not make, and any list's to a sort that its cursors do not know (as a client found it). */
export function invalidCursor(parameter: string): ApiError {
  return new ApiError(400, { errors: [{ code: 'InvalidPaginationParameter', title: `${parameter} is not valid` }] });
}

/** Offset pages end at record 10,000 (as clients found it). */
export function tooDeep(): ApiError {
  return new ApiError(400, {
    errors: [{ code: 'InvalidPaginationDepth', title: 'Pagination requests using Offset Pagination are limited' }],
  });
}

/** Validation (recorded form). */
export function recordInvalid(details: Problems): ApiError {
  return new ApiError(422, { error: 'RecordInvalid', description: 'Record validation errors', details });
}

export function duplicateEmail(email: string): ApiError {
  return recordInvalid({ email: [{ description: `Email: ${email} is already being used by another user`, error: 'DuplicateValue' }] });
}

/** A number or name elsewhere that somebody has (wording inferred from that of e-mails). */
export function duplicateIdentity(value: string): ApiError {
  return recordInvalid({ value: [{ description: `Value: ${value} is already being used by another user`, error: 'DuplicateValue' }] });
}

export function blank(property: string, title: string): ApiError {
  return recordInvalid({ [property]: [{ description: `${title}: cannot be blank`, error: 'BlankValue' }] });
}

export function taken(property: string, title: string): ApiError {
  return recordInvalid({ [property]: [{ description: `${title}: has already been taken`, error: 'DuplicateValue' }] });
}

export function invalidValue(property: string, title: string, value: unknown): ApiError {
  return recordInvalid({ [property]: [{ description: `${title}: ${shown(value)} is not valid`, error: 'InvalidValue' }] });
}

/** Nobody whom a bulk recovery could name (the vendor's description has the one property; wording inferred). */
export function unknownAuthor(): ApiError {
  return new ApiError(422, { error: 'Author was not found' });
}

/** `closed` is final (recorded wording). */
export function closedTicket(): ApiError {
  return recordInvalid({ status: [{ description: 'Status: closed prevents ticket update' }] });
}

/** A new ticket in which nothing is said (as a client's users report it); the id is the description ticket field's. */
export function descriptionRequired(fieldId: number): ApiError {
  const description = 'Description: cannot be blank';
  return recordInvalid({
    base: [{ description, error: 'BlankValue', ticket_field_id: fieldId, ticket_field_type: 'FieldDescription' }],
  });
}

/** Recorded form, of one and of several fields. */
export function requiredToSolve(fields: readonly { readonly id: number; readonly title: string; readonly type: string }[]): ApiError {
  const base = fields.map(({ id, title, type }) => {
    const description = `${title}: is required when solving a ticket`;
    return { description, error: null, ticket_field_id: id, ticket_field_type: `Field${type.charAt(0).toUpperCase()}${type.slice(1)}` };
  });
  return recordInvalid({ base });
}

/** A request without what its end user has to fill in (form as users of the API report it). */
export function blankInPortal(fields: readonly { readonly title: string; readonly key: string | number }[]): ApiError {
  return recordInvalid({ base: fields.map(({ title, key }) => ({ description: `${title}: cannot be blank`, error: 'BlankValue', field_key: key })) }); // prettier-ignore
}

/** `safe_update` with a stale `updated_stamp`; wording inferred. */
export function updateConflict(): ApiError {
  return new ApiError(409, {
    error: 'UpdateConflict',
    description: 'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
  });
}

/** Same Idempotency-Key, other body. */
export function idempotentRequestError(): ApiError {
  return new ApiError(400, {
    error: 'IdempotentRequestError',
    description: 'Request parameters do not match the given Idempotency-Key',
  });
}

/** A search that cannot be answered (status documented, `error` read in client code, wording inferred). */
export function invalidSearch(why: string): ApiError {
  return new ApiError(422, { error: 'invalid', description: `Invalid search: ${why}` });
}

/** Exports hold the last minute back (documented; form and wording inferred). */
export function startTimeTooRecent(): ApiError {
  return new ApiError(422, { error: 'InvalidValue', description: 'Too recent start_time. Use a start_time older than 60 seconds' });
}

/** Form documented, limit inferred. */
export function attachmentTooLarge(megabytes = 50): ApiError {
  const description = `The attachment is too large: at most ${megabytes} MB may be uploaded`;
  return new ApiError(413, { error: 'AttachmentTooLarge', description });
}

/** Operations whose errors the vendor's description has in the newer services' form, and those where `error` is a text in it. */
export const ERRORS_AS_LIST = ['GET POST /trigger_categories', 'GET PATCH DELETE /trigger_categories/*', 'GET /organizations/autocomplete'];
export const ERRORS_AS_TEXT = [
  'GET POST /users/autocomplete',
  'GET /users/*/organizations',
  'PUT /account/email_settings',
  'PUT /users/me/settings',
];

export { forbidden } from '../account/index.ts';

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
