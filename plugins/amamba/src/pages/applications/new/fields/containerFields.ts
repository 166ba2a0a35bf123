import type { FieldPath, FieldSpec } from '../../../../components/YamlForm';
import type { Translate } from '../../../../translation';
import { probeFields, lifecycleFields } from './probeFields';
import { group, list, number, text, words } from './shorthand';

function environment(t: Translate): FieldSpec[] {
  const reference = (source: string, first: string): FieldSpec[] => [
    text([source, 'name'], first, { required: true }),
    text([source, 'key'], t('appForm.env.key'), {
      required: true,
    }),
  ];
  return [
    list(
      ['env'],
      t('appForm.env.variables'),
      t('appForm.env.add'),
      [
        text(['name'], t('appForm.name'), { required: true }),
        {
          type: 'union',
          path: [],
          label: t('appForm.env.source'),
          options: [
            {
              key: 'value',
              label: t('appForm.env.value'),
              blank: '',
              fields: [
                text(['value'], t('appForm.env.value'), { keepsEmpty: true }),
              ],
            },
            {
              key: 'valueFrom',
              label: t('appForm.env.elsewhere'),
              blank: { configMapKeyRef: { name: '', key: '' } },
              fields: [
                {
                  type: 'union',
                  path: ['valueFrom'],
                  label: t('appForm.env.from'),
                  options: [
                    {
                      key: 'configMapKeyRef',
                      label: 'ConfigMap',
                      blank: {},
                      fields: reference('configMapKeyRef', 'ConfigMap'),
                    },
                    {
                      key: 'secretKeyRef',
                      label: 'Secret',
                      blank: {},
                      fields: reference('secretKeyRef', 'Secret'),
                    },
                    {
                      key: 'fieldRef',
                      label: t('appForm.env.podField'),
                      blank: { fieldPath: 'metadata.name' },
                      fields: [
                        text(
                          ['fieldRef', 'fieldPath'],
                          t('appForm.env.fieldPath'),
                          { help: 'metadata.name, status.podIP' },
                        ),
                      ],
                    },
                    {
                      key: 'resourceFieldRef',
                      label: t('appForm.env.resource'),
                      blank: { resource: 'limits.memory' },
                      fields: [
                        text(
                          ['resourceFieldRef', 'resource'],
                          t('appForm.env.resource'),
                          { help: 'limits.cpu, requests.memory' },
                        ),
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
      { blank: { name: '', value: '' } },
    ),
    list(
      ['envFrom'],
      t('appForm.env.whole'),
      t('appForm.env.addWhole'),
      [
        {
          type: 'union',
          path: [],
          label: t('appForm.env.from'),
          options: (['configMapRef', 'secretRef'] as const).map(key => ({
            key,
            label: key === 'configMapRef' ? 'ConfigMap' : 'Secret',
            blank: {},
            fields: [
              text([key, 'name'], t('appForm.name'), { required: true }),
            ],
          })),
        },
        text(['prefix'], t('appForm.env.prefix')),
      ],
      { blank: { configMapRef: {} }, name: 'prefix' },
    ),
  ];
}

function security(t: Translate): FieldSpec[] {
  const at = (...path: string[]): FieldPath => ['securityContext', ...path];
  const unset = t('appForm.unset');
  const boolean = (path: FieldPath, label: string): FieldSpec => ({
    type: 'boolean',
    path,
    label,
    unset,
  });
  return [
    boolean(at('runAsNonRoot'), t('appForm.security.nonRoot')),
    number(at('runAsUser'), t('appForm.security.user')),
    number(at('runAsGroup'), t('appForm.security.group')),
    boolean(at('readOnlyRootFilesystem'), t('appForm.security.readOnly')),
    boolean(at('allowPrivilegeEscalation'), t('appForm.security.escalation')),
    boolean(at('privileged'), t('appForm.security.privileged')),
    words(
      at('seccompProfile', 'type'),
      t('appForm.security.seccomp'),
      ['RuntimeDefault', 'Unconfined', 'Localhost'],
      unset,
    ),
    {
      type: 'texts',
      path: at('capabilities', 'add'),
      label: t('appForm.security.add'),
    },
    {
      type: 'texts',
      path: at('capabilities', 'drop'),
      label: t('appForm.security.drop'),
    },
  ];
}

function resources(t: Translate): FieldSpec[] {
  const amount = (side: string, resource: string, label: string) =>
    text(['resources', side, resource], label, {
      placeholder: resource === 'cpu' ? '500m' : '256Mi',
    });
  return [
    amount('requests', 'cpu', t('appForm.resources.cpuRequest')),
    amount('limits', 'cpu', t('appForm.resources.cpuLimit')),
    amount('requests', 'memory', t('appForm.resources.memoryRequest')),
    amount('limits', 'memory', t('appForm.resources.memoryLimit')),
    {
      type: 'map',
      path: ['resources', 'limits'],
      label: t('appForm.resources.all'),
      help: t('appForm.resources.allHelp'),
    },
  ];
}

/** Everything that is said of a container. */
export function containerFields(t: Translate, init: boolean): FieldSpec[] {
  return [
    text(['name'], t('appForm.name'), { required: true }),
    text(['image'], t('appForm.image'), {
      required: true,
      help: t('appForm.imageHelp'),
    }),
    words(
      ['imagePullPolicy'],
      t('appForm.pullPolicy'),
      ['Always', 'IfNotPresent', 'Never'],
      t('appForm.unset'),
    ),
    group(t('appForm.ports.title'), [
      list(
        ['ports'],
        t('appForm.ports.title'),
        t('appForm.ports.add'),
        [
          text(['name'], t('appForm.name')),
          number(['containerPort'], t('appForm.ports.port'), {
            required: true,
          }),
          words(
            ['protocol'],
            t('appForm.ports.protocol'),
            ['TCP', 'UDP', 'SCTP'],
            'TCP',
          ),
        ],
        { blank: {} },
      ),
    ]),
    group(t('appForm.resources.title'), resources(t), {
      help: t('appForm.resources.help'),
    }),
    group(t('appForm.env.title'), environment(t)),
    group(t('appForm.command.title'), [
      {
        type: 'texts',
        path: ['command'],
        label: t('appForm.command.command'),
        help: t('appForm.command.commandHelp'),
      },
      {
        type: 'texts',
        path: ['args'],
        label: t('appForm.command.args'),
        help: t('appForm.command.argsHelp'),
      },
      text(['workingDir'], t('appForm.command.directory')),
    ]),
    ...(init
      ? []
      : [
          group(t('appForm.lifecycle.title'), lifecycleFields(t)),
          group(t('appForm.probes.title'), probeFields(t), {
            help: t('appForm.probes.help'),
          }),
        ]),
    group(
      t('appForm.mounts.title'),
      [
        list(
          ['volumeMounts'],
          t('appForm.mounts.title'),
          t('appForm.mounts.add'),
          [
            text(['name'], t('appForm.mounts.volume'), { required: true }),
            text(['mountPath'], t('appForm.mounts.path'), {
              required: true,
              placeholder: '/data',
            }),
            text(['subPath'], t('appForm.mounts.subPath')),
            {
              type: 'boolean',
              path: ['readOnly'],
              label: t('appForm.mounts.readOnly'),
            },
          ],
          { blank: {}, name: 'mountPath' },
        ),
      ],
      { help: t('appForm.mounts.help') },
    ),
    group(t('appForm.security.title'), security(t)),
  ];
}
