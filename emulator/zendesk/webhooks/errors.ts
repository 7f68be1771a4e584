import { ApiError } from '../account/index.ts';

/**
 * Errors of the webhooks API, one function each. The form (`errors` with `code` and `title`) is that of Zendesk's newer
 * services; no error of this API was ever recorded, so codes and wording are inferred.
 */
function webhookError(status: number, code: string, title: string, detail?: string): ApiError {
  return new ApiError(status, { errors: [{ code, title, ...(detail === undefined ? {} : { detail }) }] });
}

/** Every problem at once, so that a client sees all that is wrong with its body. */
export function invalidWebhook(problems: readonly string[]): ApiError {
  return new ApiError(400, {
    errors: problems.map((detail) => ({ code: 'InvalidWebhook', title: 'The webhook is not valid', detail })),
  });
}

export function invalidTest(problems: readonly string[]): ApiError {
  return new ApiError(400, {
    errors: problems.map((detail) => ({ code: 'InvalidTestRequest', title: 'The test request is not valid', detail })),
  });
}

export function webhookNotFound(id: string): ApiError {
  return webhookError(404, 'WebhookNotFound', 'Webhook not found', `There is no webhook ${id}`);
}

export function invocationNotFound(id: string): ApiError {
  return webhookError(404, 'InvocationNotFound', 'Invocation not found', `There is no invocation ${id} of this webhook`);
}

/** The API is for admins (documented). */
export function notAllowed(): ApiError {
  return webhookError(403, 'Forbidden', 'You are not authorized to perform this action');
}

/** Trial accounts have ten at most (documented: 403). */
export function tooManyWebhooks(limit: number): ApiError {
  return webhookError(403, 'WebhookLimitReached', `The account is limited to ${limit} webhooks`);
}

/** Admins can neither clone nor delete what an app made, nor see its secret (documented). */
export function appWebhook(): ApiError {
  return webhookError(403, 'AppWebhook', 'The webhook belongs to an app');
}

/** Documented for newer services. */
export function invalidPagination(parameter: string): ApiError {
  return webhookError(400, 'InvalidPaginationParameter', `${parameter} is not valid`);
}

export function invalidParameter(parameter: string, expected: string): ApiError {
  return webhookError(400, 'InvalidParameter', `${parameter} is not valid`, `Expected ${expected}`);
}
