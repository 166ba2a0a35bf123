import { healthReason } from '../kubernetes/health';
import { healthAnswer, healthWords } from './health';

const image = 'pay:2.1';
const answer = healthAnswer({
  status: 'failed',
  reason: healthReason(
    'part',
    { kind: 'Deployment', name: 'pay' },
    {
      cause: healthReason(
        'imagePull',
        { image, cause: 'denied' },
        { remedy: 'pullSecret' },
      ),
    },
  ),
});

describe('healthWords', () => {
  it('says what is wrong and what is behind it, and apart from it what to do', () => {
    const { reason, remedy } = healthWords(answer, 'en');
    expect(reason).toMatch(
      /Deployment pay.*The registry refused the pull of pay:2\.1: denied\.$/,
    );
    expect(remedy).toBe(
      'Add a pull secret for this registry, or check the one in use.',
    );
  });

  it('says it in Chinese', () => {
    const { reason, remedy } = healthWords(answer, 'zh');
    expect(reason).toContain(image);
    expect(reason).toMatch(/[\u4e00-\u9fff]/);
    expect(remedy).toMatch(/[\u4e00-\u9fff]/);
  });

  it('leaves out what only a newer backend knows', () => {
    const newer = [{ code: 'tomorrow', params: {}, remedy: 'wait' }];
    expect(
      healthWords({ reasons: newer, sentence: 'Tomorrow.' }, 'zh'),
    ).toEqual({ reason: 'Tomorrow.', remedy: undefined });
    expect(
      healthWords({ reasons: [...answer.reasons, ...newer] }, 'en'),
    ).toEqual(healthWords(answer, 'en'));
  });
});
