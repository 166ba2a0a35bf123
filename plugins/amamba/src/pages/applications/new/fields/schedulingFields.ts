import type { FieldSpec } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { group, list, number, POD, text, words } from './shorthand';

function terms(t: Translate, required: boolean): FieldSpec {
  const at = required ? [] : ['preference'];
  return list(
    [...at, 'matchExpressions'],
    t('appForm.scheduling.rules'),
    t('appForm.scheduling.addRule'),
    [
      text(['key'], t('appForm.scheduling.label'), { required: true }),
      words(['operator'], t('appForm.scheduling.operator'), [
        'In',
        'NotIn',
        'Exists',
        'DoesNotExist',
        'Gt',
        'Lt',
      ]),
      {
        type: 'texts',
        path: ['values'],
        label: t('appForm.scheduling.values'),
      },
    ],
    { blank: { key: '', operator: 'In' }, name: 'key' },
  );
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function podAffinity(t: Translate, key: 'podAffinity' | 'podAntiAffinity') {
  const fields = (at: string[]): FieldSpec[] => [
    {
      type: 'map',
      path: [...at, 'labelSelector', 'matchLabels'],
      label: t('appForm.scheduling.podLabels'),
    },
    text([...at, 'topologyKey'], t('appForm.scheduling.topology'), {
      required: true,
      help: 'kubernetes.io/hostname, topology.kubernetes.io/zone',
    }),
  ];
  return group(t(`appForm.scheduling.${key}`), [
    list(
      [...POD, 'affinity', key, REQUIRED],
      t('appForm.scheduling.required'),
      t('appForm.scheduling.addTerm'),
      fields([]),
      { blank: { topologyKey: 'kubernetes.io/hostname' }, name: 'topologyKey' },
    ),
    list(
      [...POD, 'affinity', key, PREFERRED],
      t('appForm.scheduling.preferred'),
      t('appForm.scheduling.addTerm'),
      [
        number(['weight'], t('appForm.scheduling.weight'), { required: true }),
        ...fields(['podAffinityTerm']),
      ],
      {
        blank: {
          weight: 100,
          podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' },
        },
        name: 'weight',
      },
    ),
  ]);
}

/** Where pods may run. */
export function schedulingFields(t: Translate): FieldSpec[] {
  const unset = t('appForm.unset');
  return [
    {
      type: 'map',
      path: [...POD, 'nodeSelector'],
      label: t('appForm.scheduling.nodeSelector'),
      help: t('appForm.scheduling.nodeSelectorHelp'),
    },
    list(
      [...POD, 'tolerations'],
      t('appForm.scheduling.tolerations'),
      t('appForm.scheduling.addToleration'),
      [
        text(['key'], t('appForm.scheduling.taint')),
        words(
          ['operator'],
          t('appForm.scheduling.operator'),
          ['Equal', 'Exists'],
          'Equal',
        ),
        text(['value'], t('appForm.env.value')),
        words(
          ['effect'],
          t('appForm.scheduling.effect'),
          ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
          t('appForm.scheduling.every'),
        ),
        number(
          ['tolerationSeconds'],
          t('appForm.scheduling.tolerationSeconds'),
        ),
      ],
      { blank: {}, name: 'key' },
    ),
    group(t('appForm.scheduling.nodeAffinity'), [
      list(
        [...POD, 'affinity', 'nodeAffinity', REQUIRED, 'nodeSelectorTerms'],
        t('appForm.scheduling.required'),
        t('appForm.scheduling.addTerm'),
        [terms(t, true)],
        { blank: { matchExpressions: [{ key: '', operator: 'In' }] } },
      ),
      list(
        [...POD, 'affinity', 'nodeAffinity', PREFERRED],
        t('appForm.scheduling.preferred'),
        t('appForm.scheduling.addTerm'),
        [
          number(['weight'], t('appForm.scheduling.weight'), {
            required: true,
          }),
          terms(t, false),
        ],
        {
          blank: {
            weight: 100,
            preference: { matchExpressions: [{ key: '', operator: 'In' }] },
          },
          name: 'weight',
        },
      ),
    ]),
    podAffinity(t, 'podAffinity'),
    podAffinity(t, 'podAntiAffinity'),
    text([...POD, 'priorityClassName'], t('appForm.scheduling.priority')),
    text([...POD, 'serviceAccountName'], t('appForm.scheduling.account'), {
      placeholder: 'default',
    }),
    {
      type: 'boolean',
      path: [...POD, 'automountServiceAccountToken'],
      label: t('appForm.scheduling.token'),
      unset,
    },
    list(
      [...POD, 'imagePullSecrets'],
      t('appForm.pullSecrets'),
      t('appForm.addPullSecret'),
      [text(['name'], 'Secret', { required: true })],
      { blank: { name: '' } },
    ),
  ];
}
