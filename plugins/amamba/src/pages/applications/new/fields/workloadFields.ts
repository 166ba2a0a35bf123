import { formWorkloadKinds } from '@amamba/backstage-plugin-amamba-common';
import type { FieldSpec } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { containerFields } from './containerFields';
import {
  labelFields,
  networkFields,
  podSecurityFields,
  strategyFields,
  volumeFields,
} from './podFields';
import { schedulingFields } from './schedulingFields';
import { group, list, number, POD, text } from './shorthand';

/** A part of the form with a heading. */
export interface FieldSection {
  title: string;
  help?: string;
  fields: readonly FieldSpec[];
}

/** Everything that is said of a workload. */
export function workloadFields(t: Translate, kind: string): FieldSection[] {
  return [
    {
      title: t('appForm.workload'),
      fields: [
        text(['metadata', 'name'], t('appForm.name'), { required: true }),
        {
          type: 'choice',
          path: ['kind'],
          label: t('appForm.kind'),
          options: formWorkloadKinds.map(value => ({ value, label: value })),
        },
        ...(kind === 'DaemonSet'
          ? []
          : [
              number(['spec', 'replicas'], t('appForm.replicas'), {
                placeholder: '1',
              }),
            ]),
      ],
    },
    {
      title: t('appForm.containers'),
      fields: [
        list(
          [...POD, 'containers'],
          t('appForm.containers'),
          t('appForm.addContainer'),
          containerFields(t, false),
          { blank: { name: '', image: '' } },
        ),
        group(
          t('appForm.initContainers'),
          [
            list(
              [...POD, 'initContainers'],
              t('appForm.initContainers'),
              t('appForm.addInit'),
              containerFields(t, true),
              { blank: { name: '', image: '' } },
            ),
          ],
          { help: t('appForm.initHelp') },
        ),
      ],
    },
    {
      title: t('createApplication.more'),
      help: t('createApplication.moreHelp'),
      fields: [
        group(t('appForm.volumes.title'), volumeFields(t)),
        group(t('appForm.strategy.title'), strategyFields(t, kind)),
        group(t('appForm.scheduling.title'), schedulingFields(t)),
        group(t('appForm.network.title'), networkFields(t)),
        group(t('appForm.security.pod'), podSecurityFields(t)),
        group(t('appForm.labels.title'), labelFields(t)),
      ],
    },
  ];
}
