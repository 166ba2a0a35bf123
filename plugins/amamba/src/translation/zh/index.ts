import type { en } from '../en';
import { flatten, type MessageKey, type Translated } from '../messages';
import { applications } from './applications';
import { admin } from './admin';
import { audit } from './audit';
import { clusters } from './clusters';
import { common } from './common';
import { components } from './components';
import { operation } from './operation';
import { namespaces } from './namespaces';
import { pipelines } from './pipelines';
import { runs } from './runs';
import { workspaces } from './workspaces';
import { yaml } from './yaml';

const zh: Translated<typeof en> = {
  common,
  components,
  workspaces,
  pipelines,
  runs,
  applications,
  audit,
  operation,
  yaml,
  clusters,
  namespaces,
  admin,
};

/** All Chinese messages, by the full key. Chinese has no singular, so that keys of it are never asked for. */
export default flatten(zh) as Record<MessageKey<typeof en>, string>;
