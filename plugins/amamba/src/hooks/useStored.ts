import { useCallback, useMemo } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import type { JsonValue } from '@backstage/types';
import useObservable from 'react-use/esm/useObservable';

/**
 * A preference that the portal keeps for the user: columns, density, the last workspace.
 * @param key - unique in the plugin
 * @param preset - until the user has chosen
 */
export function useStored<T extends JsonValue>(
  key: string,
  preset: T,
): [T, (value: T) => void] {
  const storageApi = useApi(storageApiRef);
  const bucket = useMemo(() => storageApi.forBucket('amamba'), [storageApi]);
  const changes = useMemo(() => bucket.observe$<T>(key), [bucket, key]);
  const snapshot = useObservable(changes, bucket.snapshot<T>(key));
  const store = useCallback(
    (value: T) => {
      bucket.set(key, value);
    },
    [bucket, key],
  );
  return [snapshot.value ?? preset, store];
}
