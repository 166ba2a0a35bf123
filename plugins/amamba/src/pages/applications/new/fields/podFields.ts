import type { FieldSpec } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { list, number, numberOrText, POD, text, words } from './shorthand';

function items(t: Translate, source: string): FieldSpec {
  return list(
    [source, 'items'],
    t('appForm.volumes.items'),
    t('appForm.volumes.addItem'),
    [
      text(['key'], t('appForm.env.key'), { required: true }),
      text(['path'], t('appForm.volumes.file'), { required: true }),
    ],
    { blank: {}, name: 'key' },
  );
}

function projected(t: Translate): FieldSpec {
  const named = (key: string, label: string) => ({
    key,
    label,
    blank: {},
    fields: [text([key, 'name'], label, { required: true }), items(t, key)],
  });
  return list(
    ['projected', 'sources'],
    t('appForm.volumes.sources'),
    t('appForm.volumes.addSource'),
    [
      {
        type: 'union',
        path: [],
        label: t('appForm.env.from'),
        options: [
          named('configMap', 'ConfigMap'),
          named('secret', 'Secret'),
          {
            key: 'serviceAccountToken',
            label: t('appForm.volumes.token'),
            blank: { path: 'token' },
            fields: [
              text(['serviceAccountToken', 'path'], t('appForm.volumes.file')),
              text(
                ['serviceAccountToken', 'audience'],
                t('appForm.volumes.audience'),
              ),
              number(
                ['serviceAccountToken', 'expirationSeconds'],
                t('appForm.volumes.expires'),
                { placeholder: '3600' },
              ),
            ],
          },
        ],
      },
    ],
    { blank: { configMap: {} } },
  );
}

/** Volumes that containers can mount. */
export function volumeFields(t: Translate): FieldSpec[] {
  return [
    list(
      [...POD, 'volumes'],
      t('appForm.volumes.title'),
      t('appForm.volumes.add'),
      [
        text(['name'], t('appForm.name'), { required: true }),
        {
          type: 'union',
          path: [],
          label: t('appForm.volumes.kind'),
          options: [
            {
              key: 'configMap',
              label: 'ConfigMap',
              blank: {},
              fields: [
                text(['configMap', 'name'], 'ConfigMap', { required: true }),
                items(t, 'configMap'),
              ],
            },
            {
              key: 'secret',
              label: 'Secret',
              blank: {},
              fields: [
                text(['secret', 'secretName'], 'Secret', { required: true }),
                items(t, 'secret'),
              ],
            },
            {
              key: 'persistentVolumeClaim',
              label: 'PersistentVolumeClaim',
              blank: {},
              fields: [
                text(
                  ['persistentVolumeClaim', 'claimName'],
                  'PersistentVolumeClaim',
                  { required: true },
                ),
                {
                  type: 'boolean',
                  path: ['persistentVolumeClaim', 'readOnly'],
                  label: t('appForm.mounts.readOnly'),
                },
              ],
            },
            {
              key: 'emptyDir',
              label: t('appForm.volumes.emptyDir'),
              blank: {},
              fields: [
                text(
                  ['emptyDir', 'sizeLimit'],
                  t('appForm.volumes.sizeLimit'),
                  { placeholder: '1Gi' },
                ),
                words(
                  ['emptyDir', 'medium'],
                  t('appForm.volumes.medium'),
                  ['Memory'],
                  t('appForm.volumes.disk'),
                ),
              ],
            },
            {
              key: 'projected',
              label: t('appForm.volumes.projected'),
              blank: { sources: [{ configMap: {} }] },
              fields: [projected(t)],
            },
            {
              key: 'hostPath',
              label: t('appForm.volumes.hostPath'),
              blank: {},
              fields: [
                text(['hostPath', 'path'], t('appForm.volumes.nodePath'), {
                  required: true,
                  help: t('appForm.volumes.hostPathHelp'),
                }),
              ],
            },
          ],
        },
      ],
      { blank: { emptyDir: {} } },
    ),
  ];
}

/** DNS and names of a pod. */
export function networkFields(t: Translate): FieldSpec[] {
  return [
    words(
      [...POD, 'dnsPolicy'],
      t('appForm.network.dnsPolicy'),
      ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
      t('appForm.unset'),
    ),
    {
      type: 'texts',
      path: [...POD, 'dnsConfig', 'nameservers'],
      label: t('appForm.network.nameservers'),
    },
    {
      type: 'texts',
      path: [...POD, 'dnsConfig', 'searches'],
      label: t('appForm.network.searches'),
    },
    list(
      [...POD, 'dnsConfig', 'options'],
      t('appForm.network.options'),
      t('appForm.network.addOption'),
      [
        text(['name'], t('appForm.name'), { required: true }),
        text(['value'], t('appForm.env.value')),
      ],
      { blank: { name: '' } },
    ),
    list(
      [...POD, 'hostAliases'],
      t('appForm.network.aliases'),
      t('appForm.network.addAlias'),
      [
        text(['ip'], t('appForm.network.ip'), { required: true }),
        {
          type: 'texts',
          path: ['hostnames'],
          label: t('appForm.network.hosts'),
        },
      ],
      { blank: { ip: '' }, name: 'ip' },
    ),
  ];
}

/** How pods are replaced. */
export function strategyFields(t: Translate, kind: string): FieldSpec[] {
  const key = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  const types =
    kind === 'Deployment'
      ? ['RollingUpdate', 'Recreate']
      : ['RollingUpdate', 'OnDelete'];
  return [
    words(
      ['spec', key, 'type'],
      t('appForm.strategy.type'),
      types,
      'RollingUpdate',
    ),
    ...(kind === 'StatefulSet'
      ? []
      : [
          numberOrText(
            ['spec', key, 'rollingUpdate', 'maxSurge'],
            t('appForm.strategy.maxSurge'),
            { placeholder: kind === 'Deployment' ? '25%' : '0' },
          ),
        ]),
    numberOrText(
      ['spec', key, 'rollingUpdate', 'maxUnavailable'],
      t('appForm.strategy.maxUnavailable'),
      { placeholder: kind === 'Deployment' ? '25%' : '1' },
    ),
    number(['spec', 'minReadySeconds'], t('appForm.strategy.minReady'), {
      placeholder: '0',
    }),
    number(['spec', 'revisionHistoryLimit'], t('appForm.strategy.history'), {
      placeholder: '10',
    }),
    ...(kind === 'Deployment'
      ? [
          number(
            ['spec', 'progressDeadlineSeconds'],
            t('appForm.strategy.deadline'),
            { placeholder: '600' },
          ),
        ]
      : []),
    number(
      [...POD, 'terminationGracePeriodSeconds'],
      t('appForm.strategy.grace'),
      { placeholder: '30' },
    ),
  ];
}

/** Security of the whole pod. */
export function podSecurityFields(t: Translate): FieldSpec[] {
  const at = (...path: string[]) => [...POD, 'securityContext', ...path];
  const unset = t('appForm.unset');
  return [
    {
      type: 'boolean',
      path: at('runAsNonRoot'),
      label: t('appForm.security.nonRoot'),
      unset,
    },
    number(at('runAsUser'), t('appForm.security.user')),
    number(at('runAsGroup'), t('appForm.security.group')),
    number(at('fsGroup'), t('appForm.security.fsGroup')),
    words(
      at('seccompProfile', 'type'),
      t('appForm.security.seccomp'),
      ['RuntimeDefault', 'Unconfined', 'Localhost'],
      unset,
    ),
  ];
}

/** Labels and annotations of the workload and of its pods. */
export function labelFields(t: Translate): FieldSpec[] {
  return [
    {
      type: 'map',
      path: ['metadata', 'labels'],
      label: t('appForm.labels.labels'),
    },
    {
      type: 'map',
      path: ['metadata', 'annotations'],
      label: t('appForm.labels.annotations'),
    },
    {
      type: 'map',
      path: ['spec', 'template', 'metadata', 'labels'],
      label: t('appForm.labels.podLabels'),
    },
    {
      type: 'map',
      path: ['spec', 'template', 'metadata', 'annotations'],
      label: t('appForm.labels.podAnnotations'),
    },
  ];
}
