import { below } from './segments';

/** Views of the admin page, beside its problems. */
export type AdminView = 'clusters' | 'engines';

/** Addresses of the pages for those who look after the platform. */
export interface AdminLinks {
  admin(view?: AdminView): string;
}

/** @param base - address of the tab */
export function adminLinks(base: string): AdminLinks {
  return { admin: view => below(base, view) };
}
