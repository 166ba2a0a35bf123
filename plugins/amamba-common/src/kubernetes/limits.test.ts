import { containerLimitsProblems, type LimitParts } from './limits';

describe('containerLimitsProblems', () => {
  it.each<[string, LimitParts, string[]]>([
    ['nothing', {}, []],
    [
      'in their order',
      {
        min: { cpu: '50m' },
        defaultRequest: { cpu: '0.05' },
        default: { cpu: '200m', memory: '1Gi' },
        max: { cpu: '4', memory: '1Gi' },
      },
      [],
    ],
    [
      'the request above the limit',
      { defaultRequest: { memory: '1Gi' }, default: { memory: '1G' } },
      ['default.memory: default must not be below defaultRequest'],
    ],
    [
      'far apart',
      { min: { cpu: '2' }, max: { cpu: '1' } },
      ['max.cpu: max must not be below min'],
    ],
    [
      'no resource of containers',
      { max: { pods: '1' } },
      ['max.pods: limits of containers are cpu, memory, ephemeral-storage'],
    ],
    ['no quantity', { max: { cpu: 'x' } }, ['max.cpu: x is no quantity']],
  ])('%s', (_name, limits, problems) => {
    expect(
      containerLimitsProblems(limits).map(
        ({ part, resource, message }) => `${part}.${resource}: ${message}`,
      ),
    ).toEqual(problems);
  });
});
