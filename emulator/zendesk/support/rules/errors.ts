import { ApiError } from '../../account/index.ts';

/** A category that still has triggers cannot be deleted (400 documented, code and wording inferred). */
export function categoryNotEmpty(): ApiError {
  return categoryError('TriggerCategoryNotEmpty', 'The category still has triggers: move or delete them first');
}

/** Categories have the newer services' error form (documented). */
export function categoryError(code: string, title: string, status = 400): ApiError {
  return new ApiError(status, { errors: [{ code, title }] });
}

export function categoryNotFound(): ApiError {
  return categoryError('TriggerCategoryNotFound', 'Trigger category not found', 404);
}
