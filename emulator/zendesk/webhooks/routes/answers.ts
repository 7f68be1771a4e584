import type { Response } from 'express';

/** This API answers with plain `application/json`, without a charset (recorded); Express's own ways of sending would add one. */
export function answer(res: Response, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(body));
}

export function answerEmpty(res: Response): void {
  res.status(204).end();
}
