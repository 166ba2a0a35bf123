import { useRouteRef, type RouteRef } from '@backstage/core-plugin-api';

/** Where a route is mounted, in either frontend system; undefined when the portal does not mount it. */
export function useMounted(ref: RouteRef): string | undefined {
  try {
    // throws after its own hooks ran, so that their order stays
    return useRouteRef(ref)();
  } catch {
    return undefined;
  }
}
