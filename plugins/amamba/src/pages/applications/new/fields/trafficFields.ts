import type { FieldSpec } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { list, number, numberOrText, text, words } from './shorthand';

/** A Service. */
export function serviceFields(t: Translate): FieldSpec[] {
  return [
    text(['metadata', 'name'], t('appForm.name'), { required: true }),
    words(
      ['spec', 'type'],
      t('appForm.service.type'),
      ['ClusterIP', 'NodePort', 'LoadBalancer'],
      'ClusterIP',
    ),
    list(
      ['spec', 'ports'],
      t('appForm.ports.title'),
      t('appForm.ports.add'),
      [
        text(['name'], t('appForm.name')),
        number(['port'], t('appForm.service.port'), { required: true }),
        numberOrText(['targetPort'], t('appForm.service.target')),
        words(
          ['protocol'],
          t('appForm.ports.protocol'),
          ['TCP', 'UDP', 'SCTP'],
          'TCP',
        ),
        number(['nodePort'], t('appForm.service.nodePort'), {
          placeholder: t('appForm.service.chosen'),
        }),
      ],
      { blank: {} },
    ),
    {
      type: 'map',
      path: ['spec', 'selector'],
      label: t('appForm.service.selector'),
    },
    words(
      ['spec', 'sessionAffinity'],
      t('appForm.service.affinity'),
      ['None', 'ClientIP'],
      'None',
    ),
    number(
      ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
      t('appForm.service.affinityTimeout'),
      { placeholder: '10800' },
    ),
    words(
      ['spec', 'externalTrafficPolicy'],
      t('appForm.service.external'),
      ['Cluster', 'Local'],
      t('appForm.unset'),
    ),
    text(['spec', 'loadBalancerIP'], t('appForm.service.loadBalancerIp')),
    {
      type: 'map',
      path: ['metadata', 'annotations'],
      label: t('appForm.labels.annotations'),
    },
  ];
}

/** An Ingress. */
export function ingressFields(t: Translate): FieldSpec[] {
  return [
    text(['metadata', 'name'], t('appForm.name'), { required: true }),
    text(['spec', 'ingressClassName'], t('appForm.ingress.class'), {
      placeholder: t('appForm.unset'),
    }),
    list(
      ['spec', 'rules'],
      t('appForm.ingress.rules'),
      t('appForm.ingress.addRule'),
      [
        text(['host'], t('appForm.ingress.host')),
        list(
          ['http', 'paths'],
          t('appForm.ingress.paths'),
          t('appForm.ingress.addPath'),
          [
            text(['path'], t('appForm.ingress.path'), { placeholder: '/' }),
            words(['pathType'], t('appForm.ingress.pathType'), [
              'Prefix',
              'Exact',
              'ImplementationSpecific',
            ]),
            text(['backend', 'service', 'name'], t('appForm.ingress.service'), {
              required: true,
            }),
            {
              type: 'union',
              path: ['backend', 'service', 'port'],
              label: t('appForm.ingress.port'),
              options: [
                {
                  key: 'name',
                  label: t('appForm.ingress.portName'),
                  blank: '',
                  fields: [
                    text(['name'], t('appForm.ingress.portName'), {
                      keepsEmpty: true,
                    }),
                  ],
                },
                {
                  key: 'number',
                  label: t('appForm.ingress.portNumber'),
                  blank: 80,
                  fields: [number(['number'], t('appForm.ingress.portNumber'))],
                },
              ],
            },
          ],
          { blank: { path: '/', pathType: 'Prefix' }, name: 'path' },
        ),
      ],
      { blank: { http: { paths: [] } }, name: 'host' },
    ),
    list(
      ['spec', 'tls'],
      t('appForm.ingress.tls'),
      t('appForm.ingress.addTls'),
      [
        text(['secretName'], 'Secret'),
        { type: 'texts', path: ['hosts'], label: t('appForm.ingress.hosts') },
      ],
      { blank: {}, name: 'secretName' },
    ),
    {
      type: 'map',
      path: ['metadata', 'annotations'],
      label: t('appForm.labels.annotations'),
    },
  ];
}
