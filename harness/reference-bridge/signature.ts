import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Zendesk's webhook signature: base64 of HMAC-SHA256 over timestamp and raw body. The key is the secret's text as
 * printed, not decoded. Source: Zendesk, "Verifying webhook authenticity".
 */
export function isSigned(secret: string, timestamp: string | undefined, body: Uint8Array, signature: string | undefined): boolean {
  if (!timestamp || !signature) return false;
  const expected = createHmac('sha256', secret).update(timestamp).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
