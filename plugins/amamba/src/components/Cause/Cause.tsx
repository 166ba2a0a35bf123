import type { RunCause } from '@amamba/backstage-plugin-amamba-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useAmambaTranslation } from '../../translation';

const ENTITY_REF = /^[a-z][a-z0-9]*:[^/\s]+\/[^/\s]+$/i;
const ENGINE_NAME = 'Jenkins';

/** Whether a name is the reference of an entity. */
export function isEntityRef(name: string): boolean {
  return ENTITY_REF.test(name);
}

/**
 * Somebody: a user of the portal, linked, or a user that only the engine knows.
 * @param props.who - an entity reference, or the engine's own name of the user
 */
export function Person(props: { who: string }) {
  const { t } = useAmambaTranslation();
  if (isEntityRef(props.who)) {
    return <EntityRefLink entityRef={props.who} defaultKind="user" hideIcon />;
  }
  return (
    <>
      {t('pipelines.cause.engineUser', {
        user: props.who,
        engine: ENGINE_NAME,
      })}
    </>
  );
}

/** Why a run started: who, or what. */
export function Cause(props: { cause: RunCause }) {
  const { t } = useAmambaTranslation();
  const { type, by, text } = props.cause;
  const word = {
    manual: () => t('pipelines.cause.manual'),
    schedule: () => t('pipelines.cause.schedule'),
    push: () => t('pipelines.cause.push'),
    webhook: () => t('pipelines.cause.webhook'),
    upstream: () => t('pipelines.cause.upstream'),
    rerun: () => t('pipelines.cause.rerun'),
    restart: () => t('pipelines.cause.restart'),
    api: () => t('pipelines.cause.api'),
    other: () => t('pipelines.cause.other'),
  }[type]();
  // "Ann" says enough of a run that Ann started by hand
  const plain = type === 'manual' && by !== undefined;
  return (
    <span>
      {by !== undefined && <Person who={by} />}
      {!plain && (
        <>
          {by !== undefined && ', '}
          {word}
          {text && ` ${text}`}
        </>
      )}
    </span>
  );
}
