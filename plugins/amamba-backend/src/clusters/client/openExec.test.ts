import { readExecResult } from './openExec';

describe('how a command ended', () => {
  it.each([
    ['{"metadata":{},"status":"Success"}', { type: 'exited', code: 0 }],
    [
      '{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}',
      { type: 'exited', code: 3 },
    ],
    [
      '{"status":"Failure","reason":"InternalError","message":"error executing command: exit status 127"}',
      { type: 'exited', code: 127 },
    ],
    [
      '{"status":"Failure","message":"container not found"}',
      { type: 'failed', message: 'container not found' },
    ],
    [
      '{"status":"Failure"}',
      { type: 'failed', message: 'The command did not run' },
    ],
    ['null', { type: 'failed', message: 'The cluster ended the command' }],
    ['no JSON', { type: 'failed', message: 'The cluster ended the command' }],
  ])('%s', (frame, expected) => {
    expect(readExecResult(frame)).toEqual(expected);
  });
});
