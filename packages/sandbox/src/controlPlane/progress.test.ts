import { estimate, progressText } from './progress';

const programs = [{ seconds: 300 }, { seconds: 60 }, { seconds: 120 }];

describe('the time that a build still takes', () => {
  it('is what the table says when nothing is done yet', () => {
    expect(estimate(programs, 0, 0, 0)).toBe(480);
    expect(estimate(programs, 0, 0, 100)).toBe(380);
  });

  it('follows the speed of the machine', () => {
    expect(estimate(programs, 1, 600, 0)).toBe(360);
    expect(estimate(programs, 1, 150, 0)).toBe(90);
  });

  it('does not end while a program takes longer than it should', () => {
    expect(estimate(programs, 2, 360, 500)).toBe(12);
  });

  it('is told in minutes', () => {
    const text = (remainingSeconds: number) =>
      progressText({ number: 3, of: 7, name: 'Helm', remainingSeconds });
    expect(text(370)).toBe(
      'building the local Kubernetes, 3 of 7 (Helm), about 6 minutes',
    );
    expect(text(50)).toMatch(/about a minute$/);
    expect(text(20)).toMatch(/less than a minute$/);
  });
});
