/** An answer in one of the vendor's three error forms. Services throw it, the routers write it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Missing credentials, or wrong Basic ones; the header is inferred from the framework that words the body so. */
export function notAuthenticated(): ApiError {
  return new ApiError(401, { error: "Couldn't authenticate you" }, { 'WWW-Authenticate': 'Basic realm="Web Password"' });
}

/**
 * A Bearer token that is unknown, expired or revoked, an API token sent as one, or a user who cannot be impersonated
 * (body read in reports of several clients; the header is RFC 6750's).
 */
export function invalidToken(): ApiError {
  const description = 'The access token provided is expired, revoked, malformed or invalid for other reasons.';
  return new ApiError(
    401,
    { error: 'invalid_token', error_description: description },
    { 'WWW-Authenticate': `Bearer realm="Zendesk", error="invalid_token", error_description="${description}"` },
  );
}

/** A role that may not do this (both 403 forms exist; this one is of the help desk's own pages). */
export function forbidden(
  message = 'You do not have access to this page. Please contact the account owner of this help desk for further help.',
): ApiError {
  return new ApiError(403, { error: { title: 'Forbidden', message } });
}

/** An OAuth token without the scope (body read in client code). */
export function scopesMissing(scopes: readonly string[]): ApiError {
  return new ApiError(403, { error: 'Forbidden', description: `You are missing the following required scopes: ${scopes.join(', ')}` });
}

/** The account's own limit per minute; wording inferred. */
export function accountRateLimited(retryAfterSeconds: number): ApiError {
  return new ApiError(
    429,
    { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' },
    { 'Retry-After': String(retryAfterSeconds) },
  );
}

/** An endpoint's own limit ("errors" form). */
export function endpointRateLimited(title: string, retryAfterSeconds: number): ApiError {
  return new ApiError(429, { errors: [{ code: 'TooManyRequests', title }] }, { 'Retry-After': String(retryAfterSeconds) });
}

/** No such subdomain. The real page is HTML; the status is what a client sees (inferred). */
export function noHelpDesk(subdomain: string): ApiError {
  return new ApiError(404, {
    error: { title: 'No help desk at this address', message: `There is no help desk configured at ${subdomain}.zendesk.com` },
  });
}

/** The body is no JSON (inferred wording). */
export function unreadableJson(): ApiError {
  return new ApiError(422, { error: 'Unprocessable Entity', message: 'Server could not parse JSON' });
}

/** The path is not percent-encoded UTF-8 (documented form, wording inferred). */
export function unreadablePath(path: string): ApiError {
  return new ApiError(400, {
    error: { title: 'Invalid attribute', message: `You passed an invalid value for the path attribute. Cannot decode ${path}` },
  });
}

export function bodyTooLarge(): ApiError {
  return new ApiError(413, { error: 'RequestEntityTooLarge', description: 'The request body is too large' });
}

export function internalError(): ApiError {
  return new ApiError(500, { error: 'InternalServerError' });
}
