import { ApiError } from '../../account/index.ts';

type Code =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied';

/** Of `invalid_grant` as the vendor's help center quotes it; the others are inferred. */
const DESCRIPTIONS: Readonly<Record<Code, string>> = {
  invalid_request: 'The request is missing a required parameter or has one that is malformed.',
  invalid_client: 'The client is unknown, or its secret is missing or wrong.',
  invalid_grant:
    'The provided access grant is invalid, expired, or revoked (e.g. invalid assertion, expired authorization token, bad end-user password credentials, or mismatching authorization code and redirection URI).',
  unauthorized_client: 'The client may not use this grant type.',
  unsupported_grant_type: 'The grant type is not supported.',
  unsupported_response_type: 'The response type is not supported.',
  access_denied: 'The end-user or authorization server denied the request.',
};

export function descriptionOf(code: Code): string {
  return DESCRIPTIONS[code];
}

/** An error of the token endpoint (RFC 6749 §5.2): 401 for the client's own credentials, else 400. */
export function grantError(code: Code, detail?: string): ApiError {
  const body = { error: code, error_description: detail === undefined ? DESCRIPTIONS[code] : `${DESCRIPTIONS[code]} ${detail}` };
  return new ApiError(code === 'invalid_client' ? 401 : 400, body);
}
