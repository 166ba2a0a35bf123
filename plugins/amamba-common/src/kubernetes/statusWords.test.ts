import fc from 'fast-check';
import { readKubeStatus, refusalWords, warningWords } from './statusWords';
import type { KubeRefusal, KubeStatus } from './statusTypes';

type Details = KubeStatus['details'];

/** The answers are those of Kubernetes 1.37. */
const CASES: [string, number, string, Details, Partial<KubeRefusal>][] = [
  [
    'conflict of an apply',
    409,
    'Apply failed with 2 conflicts: conflicts with "portal":\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
    {
      causes: [
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "portal" with subresource "scale"',
          field: '.spec.replicas',
        },
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "kubectl" using apps/v1',
          field: '.spec.template.spec.containers[name="web"].image',
        },
      ],
    },
    {
      type: 'conflict',
      conflicts: [
        { manager: 'portal', field: 'spec.replicas', subresource: 'scale' },
        {
          manager: 'kubectl',
          field: 'spec.template.spec.containers[name="web"].image',
        },
      ],
      message:
        'portal, kubectl own spec.replicas, spec.template.spec.containers[name="web"].image. Leave these fields out, or take them over',
    },
  ],
  [
    'stale resource version',
    409,
    'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    undefined,
    {
      type: 'changed',
      message: 'It was changed meanwhile. Load it again and repeat the change',
    },
  ],
  [
    'wrong uid',
    409,
    'Operation cannot be fulfilled on pods "a": the UID in the precondition (x) does not match the UID in record (y). The object might have been deleted and then recreated',
    undefined,
    { type: 'changed', message: expect.stringContaining('created anew') },
  ],
  [
    'unknown field of an apply, which is a 500',
    500,
    'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema',
    undefined,
    {
      type: 'invalid',
      problems: [{ field: 'spec.foo', message: 'is not a field of this kind' }],
      message: 'spec.foo: is not a field of this kind',
    },
  ],
  [
    'several of them',
    500,
    'failed to create typed patch object (/web; apps/v1, Kind=Deployment): errors:\n  .spec.foo: field not declared in schema\n  .spec.replicas: expected numeric (int or float), got string',
    undefined,
    {
      problems: [
        { field: 'spec.foo', message: 'is not a field of this kind' },
        { field: 'spec.replicas', message: 'must be a number, but is text' },
      ],
    },
  ],
  [
    'YAML 1.1 booleans',
    500,
    'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:true}',
    undefined,
    { message: 'data.a: must be text, but is true' },
  ],
  [
    'duplicate key',
    400,
    'error strict decoding patch: error converting YAML to JSON: yaml: unmarshal errors:\n  line 10: key "replicas" already set in map',
    undefined,
    { type: 'invalid', message: 'Line 10: the key "replicas" stands twice' },
  ],
  [
    'broken YAML',
    400,
    'error encoding patch: yaml: line 1: did not find expected node content',
    undefined,
    {
      message:
        'The text is not YAML: line 1: did not find expected node content',
    },
  ],
  [
    'alias bomb',
    400,
    'error encoding patch: yaml: document contains excessive aliasing',
    undefined,
    { message: 'The text has too many aliases (&, *)' },
  ],
  [
    'unknown field of a POST',
    400,
    'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo"',
    undefined,
    { message: 'spec.foo: is not a field of this kind' },
  ],
  [
    'unknown fields of a merge patch, with a dump of the object',
    422,
    ' "" is invalid: patch: Invalid value: "{\\"kind\\":\\"Deployment\\",\\"metadata\\":{\\"annotations\\":{\\"x\\":\\"hidden\\"}}}": strict decoding error: unknown field "spec.replicaz", unknown field "spec.template.spec.containers[0].imagePullpolicy"',
    {
      causes: [
        { reason: 'FieldValueInvalid', field: 'patch', message: 'hidden' },
      ],
    },
    {
      message:
        'spec.replicaz: is not a field of this kind; spec.template.spec.containers[0].imagePullpolicy: is not a field of this kind',
    },
  ],
  [
    'wrong type of a merge patch, with a dump',
    422,
    ' "" is invalid: patch: Invalid value: "{\\"data\\":{\\"x\\":\\"hidden\\"}}": json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    undefined,
    { message: 'spec.replicas: must be a whole number, but is text' },
  ],
  [
    'invalid value',
    422,
    'Deployment.apps "web" is invalid: spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
    {
      causes: [
        {
          reason: 'FieldValueInvalid',
          field: 'spec.template.spec.containers[0].ports[0].containerPort',
          message:
            'Invalid value: 99999: must be between 1 and 65535, inclusive',
        },
      ],
    },
    {
      message:
        'spec.template.spec.containers[0].ports[0].containerPort: 99999: must be between 1 and 65535, inclusive',
    },
  ],
  [
    'immutable field',
    422,
    'x',
    {
      causes: [
        {
          reason: 'FieldValueInvalid',
          field: 'spec.selector',
          message:
            'Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
        },
      ],
    },
    {
      problems: [
        {
          field: 'spec.selector',
          message: 'cannot be changed; delete the object and create it anew',
        },
      ],
    },
  ],
  [
    'immutable template of a Job, with a Go struct',
    422,
    'x',
    {
      causes: [
        {
          field: 'spec.template',
          message:
            'Invalid value: core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", Labels:map[string]string{"a: b":"hidden"}}, Spec:core.PodSpec{}}: field is immutable',
        },
      ],
    },
    {
      message:
        'spec.template: cannot be changed; delete the object and create it anew',
    },
  ],
  [
    'required, unsupported, duplicate, too long',
    422,
    'x',
    {
      causes: [
        { field: 'a', message: 'Required value' },
        {
          field: 'b',
          message: 'Unsupported value: "X": supported values: "A", "B"',
        },
        { field: 'c', message: 'Duplicate value: "d"' },
        {
          field: 'data',
          message: 'Too long: may not be more than 1048576 bytes',
        },
      ],
    },
    {
      message:
        'a: is required; b: "X": supported values: "A", "B"; c: "d" stands twice; data: is too long: may not be more than 1048576 bytes',
    },
  ],
  [
    'quota',
    403,
    'pods "p1" is forbidden: exceeded quota: team, requested: pods=1,requests.cpu=2, used: pods=6,requests.cpu=0, limited: pods=3,requests.cpu=1',
    undefined,
    {
      type: 'quota',
      quota: 'team',
      message:
        'Quota "team" is exceeded (pods: 1 asked for, 6 of 3 used; requests.cpu: 2 asked for, 0 of 1 used). Ask for less, free some, or have the quota raised',
    },
  ],
  [
    'quota that wants requests',
    403,
    'pods "p1" is forbidden: failed quota: team: must specify limits.memory for: c; requests.cpu for: c',
    undefined,
    {
      type: 'quota',
      message:
        'Quota "team" wants limits.memory of container c, requests.cpu of container c to be set. Set it, or ask for a limit range with defaults',
    },
  ],
  [
    'limit range',
    403,
    'pods "p1" is forbidden: maximum memory usage per Container is 512Mi, but limit is 1Gi',
    undefined,
    {
      type: 'policy',
      message:
        "The namespace's limit range forbids it: maximum memory usage per Container is 512Mi, but limit is 1Gi",
    },
  ],
  [
    'pod security',
    403,
    'pods "p1" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true), privileged (container "c" must not set securityContext.privileged=true)',
    undefined,
    {
      type: 'policy',
      problems: [
        { message: 'host namespaces (hostNetwork=true)' },
        {
          message:
            'privileged (container "c" must not set securityContext.privileged=true)',
        },
      ],
    },
  ],
  [
    'RBAC in a namespace',
    403,
    'configmaps is forbidden: User "system:serviceaccount:ns:portal" cannot create resource "configmaps" in API group "" in the namespace "default"',
    undefined,
    {
      type: 'permission',
      permission: {
        user: 'system:serviceaccount:ns:portal',
        verb: 'create',
        resource: 'configmaps',
        group: '',
        namespace: 'default',
      },
      message:
        'The account system:serviceaccount:ns:portal lacks the right to create configmaps in namespace default',
    },
  ],
  [
    'RBAC in the cluster',
    403,
    'deployments.apps is forbidden: User "u" cannot list resource "deployments" in API group "apps" at the cluster scope',
    undefined,
    {
      message:
        'The account u lacks the right to list deployments.apps in the whole cluster',
    },
  ],
  ['token', 401, 'Unauthorized', undefined, { type: 'credentials' }],
  [
    'namespace that goes',
    403,
    'configmaps "x" is forbidden: unable to create new content in namespace team because it is being terminated',
    {
      causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }],
    },
    {
      type: 'terminating',
      message:
        'Namespace team is being deleted: nothing new can be created there',
    },
  ],
  [
    'another name',
    400,
    'the name of the object (webx) does not match the name on the URL (web)',
    undefined,
    { message: expect.stringMatching(/^The text names webx, but web is/) },
  ],
  [
    'unknown API',
    404,
    '404 page not found\n',
    undefined,
    { type: 'notServed' },
  ],
  [
    'unknown object',
    404,
    'deployments.apps "nope" not found',
    { name: 'nope', kind: 'deployments' },
    { type: 'notFound', message: 'deployments.apps "nope" not found' },
  ],
  [
    'eviction',
    429,
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [
        {
          reason: 'DisruptionBudget',
          message:
            'The disruption budget pdb needs 2 healthy pods and has 2 currently',
        },
      ],
    },
    {
      type: 'budget',
      message: expect.stringContaining('The disruption budget pdb needs 2'),
    },
  ],
  [
    'webhook that refuses',
    400,
    'admission webhook "images.example.com" denied the request: no tag "latest"',
    undefined,
    { type: 'policy', message: expect.stringContaining('no tag "latest"') },
  ],
  [
    'webhook that is dead',
    500,
    'Internal error occurred: failed calling webhook "images.example.com": Post "https://…": dial tcp',
    undefined,
    { type: 'failed', message: expect.stringContaining('does not answer') },
  ],
  [
    'cluster that is busy',
    504,
    'Too large resource version: 99, current: 5',
    { retryAfterSeconds: 1 },
    { type: 'busy', retryAfterMs: 1_000 },
  ],
  [
    'gone',
    410,
    'too old resource version: 1 (25242)',
    undefined,
    { type: 'expired' },
  ],
];

describe('refusalWords', () => {
  it.each(CASES)('%s', (_name, code, message, details, expected) => {
    const refusal = refusalWords({ code, message, details });
    expect(refusal).toMatchObject(expected);
    expect(JSON.stringify(refusal)).not.toContain('hidden');
  });

  it('names the first of many', () => {
    const causes = Array.from({ length: 300 }, (_, index) => ({
      field: `spec.ports[${index}]`,
      message: 'Required value',
    }));
    const refusal = refusalWords({ code: 422, details: { causes } });
    expect(refusal.problems).toHaveLength(300);
    expect(refusal.message).toMatch(/ports\[4\]: is required and 295 more$/);
  });

  it('says something short about everything, and never throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (code, body) => {
          const { message } = refusalWords(readKubeStatus(code, body));
          expect(message.length).toBeGreaterThan(0);
          expect(message.length).toBeLessThan(1_000);
        },
      ),
    );
  });
});

describe('readKubeStatus', () => {
  it('reads what is no Status as text', () => {
    expect(readKubeStatus(404, '404 page not found')).toEqual({
      code: 404,
      message: '404 page not found',
    });
    expect(readKubeStatus(502, '{"a":1}')).toEqual({
      code: 502,
      message: '{"a":1}',
    });
  });
  it('trusts the HTTP status more than the body', () => {
    expect(readKubeStatus(403, '{"kind":"Status","code":200}').code).toBe(403);
  });
});

describe('warningWords', () => {
  it('explains what pod security would forbid', () => {
    expect(
      warningWords(
        'would violate PodSecurity "restricted:latest": host namespaces (hostNetwork=true)',
      ),
    ).toBe(
      'The namespace\'s pod security "restricted:latest" forbids it: host namespaces (hostNetwork=true)',
    );
    expect(warningWords('v1 Endpoints is deprecated.')).toBe(
      'v1 Endpoints is deprecated',
    );
  });
});
