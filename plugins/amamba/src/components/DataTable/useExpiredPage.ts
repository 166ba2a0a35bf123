import { useEffect, useState } from 'react';
import type { UrlState } from '../../hooks/useUrlState';
import { statusOf } from '../States';
import { FIRST_PAGE } from './Pager';

const BAD_REQUEST = 400;

/**
 * Goes to the first page when the address holds a cursor that the server does not take any more.
 * @returns whether that happened, to be said to the reader
 */
export function useExpiredPage(
  url: UrlState,
  error: Error | undefined,
): boolean {
  const [expired, setExpired] = useState(false);
  const inPages = Boolean(url.get('after') ?? url.get('before'));
  const refused = error !== undefined && statusOf(error) === BAD_REQUEST;
  useEffect(() => {
    if (!inPages || !refused) return;
    setExpired(true);
    url.set(FIRST_PAGE);
  }, [inPages, refused, url]);
  return expired && !inPages;
}
