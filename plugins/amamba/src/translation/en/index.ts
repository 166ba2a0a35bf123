import { applications } from './applications';
import { audit } from './audit';
import { common } from './common';
import { components } from './components';
import { pipelines } from './pipelines';
import { runs } from './runs';
import { workspaces } from './workspaces';

/** All English messages, by section. They are the defaults of the translation. */
export const en = {
  common,
  components,
  workspaces,
  pipelines,
  runs,
  applications,
  audit,
} as const;
