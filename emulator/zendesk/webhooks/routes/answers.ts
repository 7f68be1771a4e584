import type { Response } from 'express';

/** This API answers with plain `application/json`, without a charset (recorded); Express adds none to bytes. */
export function answer(res: Response, status: number, body: unknown): void {
  res
    .status(status)
    .set('Content-Type', 'application/json')
    .send(Buffer.from(JSON.stringify(body)));
}

export function answerEmpty(res: Response): void {
  res.status(204).end();
}
