import { createHmac } from 'node:crypto';

/** Signs test sends of a webhook that is not saved yet (vendor article "Verifying webhook authenticity"). */
export const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

/**
 * Base64 of HMAC-SHA256 over timestamp and raw body, with nothing in between. The key is the secret's printable text:
 * it looks like base64 but is not decoded.
 */
export function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
}
