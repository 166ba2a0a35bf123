import type { en } from '../en';
import { flatten, type MessageKey, type Translated } from '../messages';
import { appForm } from './appForm';
import { applications } from './applications';
import { admin } from './admin';
import { audit } from './audit';
import { clusters } from './clusters';
import { common } from './common';
import { components } from './components';
import { createApplication } from './createApplication';
import { helm } from './helm';
import { operation } from './operation';
import { namespaces } from './namespaces';
import { pipelines } from './pipelines';
import { runs } from './runs';
import { workspaces } from './workspaces';
import { yaml } from './yaml';
import { yamlForm } from './yamlForm';

const zh: Translated<typeof en> = {
  common,
  components,
  workspaces,
  pipelines,
  runs,
  applications,
  appForm,
  createApplication,
  helm,
  audit,
  operation,
  yaml,
  clusters,
  namespaces,
  admin,
  yamlForm,
};

/** All Chinese messages, by the full key. Chinese has no singular, so that keys of it are never asked for. */
export default flatten(zh) as Record<MessageKey<typeof en>, string>;
