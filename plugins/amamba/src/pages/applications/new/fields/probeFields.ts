import type { FieldSpec, UnionOption } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { group, list, number, numberOrText, text, words } from './shorthand';

function http(t: Translate): FieldSpec[] {
  return [
    text(['httpGet', 'path'], t('appForm.handler.path'), { placeholder: '/' }),
    numberOrText(['httpGet', 'port'], t('appForm.handler.port'), {
      required: true,
    }),
    words(
      ['httpGet', 'scheme'],
      t('appForm.handler.scheme'),
      ['HTTP', 'HTTPS'],
      'HTTP',
    ),
    text(['httpGet', 'host'], t('appForm.handler.host'), {
      placeholder: t('appForm.handler.thePod'),
    }),
    list(
      ['httpGet', 'httpHeaders'],
      t('appForm.handler.headers'),
      t('appForm.handler.addHeader'),
      [
        text(['name'], t('appForm.name'), { required: true }),
        text(['value'], t('appForm.env.value'), { keepsEmpty: true }),
      ],
      { blank: { name: '', value: '' } },
    ),
  ];
}

function handler(t: Translate, probe: boolean): UnionOption[] {
  return [
    {
      key: 'httpGet',
      label: t('appForm.handler.http'),
      blank: {},
      fields: http(t),
    },
    {
      key: 'exec',
      label: t('appForm.handler.exec'),
      blank: {},
      fields: [
        {
          type: 'texts',
          path: ['exec', 'command'],
          label: t('appForm.handler.command'),
          required: true,
        },
      ],
    },
    {
      key: 'tcpSocket',
      label: t('appForm.handler.tcp'),
      blank: {},
      fields: [
        numberOrText(['tcpSocket', 'port'], t('appForm.handler.port'), {
          required: true,
        }),
        text(['tcpSocket', 'host'], t('appForm.handler.host'), {
          placeholder: t('appForm.handler.thePod'),
        }),
      ],
    },
    ...(probe
      ? [
          {
            key: 'grpc',
            label: t('appForm.handler.grpc'),
            blank: {},
            fields: [
              number(['grpc', 'port'], t('appForm.handler.port'), {
                required: true,
              }),
              text(['grpc', 'service'], t('appForm.handler.service')),
            ],
          },
        ]
      : [
          {
            key: 'sleep',
            label: t('appForm.handler.sleep'),
            blank: { seconds: 5 },
            fields: [
              number(['sleep', 'seconds'], t('appForm.handler.seconds')),
            ],
          },
        ]),
  ];
}

/** What happens after a container's start and before its end. */
export function lifecycleFields(t: Translate): FieldSpec[] {
  return (['postStart', 'preStop'] as const).map(key => ({
    type: 'union' as const,
    path: ['lifecycle', key],
    label: t(`appForm.lifecycle.${key}`),
    none: t('appForm.nothing'),
    options: handler(t, false),
  }));
}

/** How a container's health is asked. */
export function probeFields(t: Translate): FieldSpec[] {
  return (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map(
    key =>
      group(
        t(`appForm.probes.${key}`),
        [
          {
            type: 'union',
            path: [],
            label: t('appForm.probes.way'),
            none: t('appForm.nothing'),
            options: handler(t, true),
          },
          number(['initialDelaySeconds'], t('appForm.probes.delay'), {
            placeholder: '0',
          }),
          number(['periodSeconds'], t('appForm.probes.period'), {
            placeholder: '10',
          }),
          number(['timeoutSeconds'], t('appForm.probes.timeout'), {
            placeholder: '1',
          }),
          number(['successThreshold'], t('appForm.probes.successes'), {
            placeholder: '1',
          }),
          number(['failureThreshold'], t('appForm.probes.failures'), {
            placeholder: '3',
          }),
        ],
        { path: [key], help: t(`appForm.probes.${key}Help`) },
      ),
  );
}
