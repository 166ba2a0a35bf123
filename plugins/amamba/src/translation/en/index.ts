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

/** All English messages, by section. They are the defaults of the translation. */
export const en = {
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
} as const;
