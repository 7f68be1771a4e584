import express, { type Router } from 'express';
import type { Support } from '../index.ts';

export function supportRouter(_support: Support): Router {
  return express.Router();
}
