import type { UpJson } from 'ringback/emulator';

/** The request was cut off: whether it was carried out is not known. */
export class CutOff extends Error {}

/** Calls the Support API of a running emulator. */
export class Api {
  readonly #url: string;
  readonly #authorization: string;

  constructor({ account }: UpJson) {
    this.#url = `${account.url}/api/v2`;
    this.#authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  }

  /** @throws CutOff when the emulator died meanwhile; Error when it answers 400 or more. */
  async call<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Body> {
    let status: number;
    let text: string;
    try {
      const response = await fetch(path.startsWith('http') ? path : this.#url + path, {
        method,
        headers: { authorization: this.#authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      status = response.status;
      text = await response.text();
    } catch (cause) {
      throw new CutOff(`${method} ${path} was cut off`, { cause });
    }
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }
}
