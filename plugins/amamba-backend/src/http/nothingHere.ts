import { NotFoundError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/** Answers an address that nothing is mounted at as every other error is answered. The address is not repeated. */
export const nothingHere: RequestHandler = (_request, _response, next) => {
  next(
    new NotFoundError(
      'The API has no such operation. GET /api/amamba/v1/openapi.json lists all of them.',
    ),
  );
};
