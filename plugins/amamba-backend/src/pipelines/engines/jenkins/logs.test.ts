import fc from 'fast-check';
import { Readable } from 'stream';
import { text } from 'stream/consumers';
import { FakeJenkins } from './__testUtils__/fakeJenkins';
import { LineEnds } from './lineEnds';

const REF = { workspace: 'team-a', name: 'shop' };
const RUN = '/job/portal/job/team-a/job/shop/3';

/** Answers like Jenkins: offsets count the stored bytes, line ends come as CR LF. */
function serveLog(
  jenkins: FakeJenkins,
  path: string,
  log: { stored: string; live?: boolean },
): void {
  jenkins.on('GET', `${path}/logText/progressiveText`, (request, response) => {
    const query = new URLSearchParams(request.url.split('?')[1]);
    const bytes = Buffer.from(log.stored);
    const asked = Number(query.get('start'));
    const start = asked > bytes.length ? 0 : asked;
    response.setHeader('X-Text-Size', bytes.length);
    if (log.live) response.setHeader('X-More-Data', 'true');
    const part = bytes.subarray(start).toString();
    response.end(part.replaceAll(/(?<!\r)\n/g, '\r\n'));
  });
}

describe('logs', () => {
  let jenkins: FakeJenkins;
  beforeEach(async () => {
    jenkins = await FakeJenkins.start();
  });
  afterEach(() => jenkins.stop());

  async function read(start: number, node?: string) {
    const log = await jenkins.engine.log(REF, 3, { start, node });
    const { sizeBytes, more } = log;
    return { text: await text(log.stream), sizeBytes, more };
  }

  it('goes on where it stopped', async () => {
    const log = { stored: 'erste Zeile ä\nzweite\n', live: true };
    serveLog(jenkins, RUN, log);
    const first = await read(0);
    expect(first).toEqual({ text: log.stored, sizeBytes: 22, more: true });
    log.stored += 'dritte\n';
    log.live = false;
    await expect(read(22)).resolves.toEqual({
      text: 'dritte\n',
      sizeBytes: 29,
      more: false,
    });
    await expect(read(29)).resolves.toEqual({
      text: '',
      sizeBytes: 29,
      more: false,
    });
  });

  it('gives nothing from the future, where Jenkins begins anew', async () => {
    serveLog(jenkins, RUN, { stored: 'one\n' });
    await expect(read(1_000)).resolves.toEqual({
      text: '',
      sizeBytes: 4,
      more: false,
    });
  });

  it('is over when the run is, even if the file is missing', async () => {
    serveLog(jenkins, RUN, { stored: '', live: true });
    jenkins.json(`${RUN}/api/json`, { building: false });
    await expect(read(0)).resolves.toMatchObject({ text: '', more: false });
    jenkins.json(`${RUN}/api/json`, { building: true });
    await expect(read(0)).resolves.toMatchObject({ text: '', more: true });
  });

  const stepsOf = (steps: object[]) =>
    jenkins.json(`${RUN}/stages/steps`, { data: { steps } });

  it('shows no sign-in page as if it were a log', async () => {
    jenkins.on('GET', `${RUN}/logText/progressiveText`, (_, response) => {
      response.end('<html>Please sign in</html>');
    });
    await expect(read(0)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('a page that is no log'),
    });
  });

  it('gives the log of a step', async () => {
    stepsOf([]);
    serveLog(jenkins, `${RUN}/execution/node/12/log`, { stored: 'a\nb\n' });
    await expect(read(2, '12')).resolves.toEqual({
      text: 'b\n',
      sizeBytes: 4,
      more: false,
    });
  });

  it('has an empty log for a stage without steps', async () => {
    stepsOf([]);
    jenkins.json(`${RUN}/api/json`, { building: true });
    await expect(read(0, '5')).resolves.toEqual({
      text: '',
      sizeBytes: undefined,
      more: true,
    });
  });

  it('puts the log of a stage together from its steps', async () => {
    const step = (id: string, state: string) => ({
      id,
      stageId: '5',
      name: id,
      type: 'STEP',
      state,
    });
    stepsOf([step('6', 'success'), step('7', 'success'), step('8', 'running')]);
    serveLog(jenkins, `${RUN}/execution/node/6/log`, { stored: 'one\n' });
    serveLog(jenkins, `${RUN}/execution/node/8/log`, {
      stored: 'two\n',
      live: true,
    });
    await expect(read(0, '5')).resolves.toEqual({
      text: 'one\ntwo\n',
      sizeBytes: undefined,
      more: true,
    });
    await expect(read(6, '5')).resolves.toMatchObject({ text: 'o\n' });
    await expect(read(600, '5')).resolves.toMatchObject({ text: '' });
  });

  it('knows a run that is not there', async () => {
    await expect(read(0)).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('stops the transfer when the reader goes', async () => {
    const closed = new Promise<void>(resolve => {
      jenkins.on(
        'GET',
        `${RUN}/logText/progressiveText`,
        (_request, response) => {
          response.setHeader('X-Text-Size', 1_000_000_000);
          response.on('close', resolve);
          response.write('beginning\r\n');
        },
      );
    });
    const { stream } = await jenkins.engine.log(REF, 3, { start: 0 });
    stream.destroy();
    await expect(closed).resolves.toBeUndefined();
  });
});

describe('LineEnds', () => {
  it('turns CR LF into LF wherever the parts are cut', async () => {
    const piece = fc.constantFrom('\r', '\n', '\r\n', 'a', 'ä', '\r\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 4 }), {
          minLength: 1,
          maxLength: 9,
        }),
        async (pieces, sizes) => {
          const bytes = Buffer.from(pieces.join(''));
          const parts: Buffer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length];
            parts.push(bytes.subarray(at, at + size));
            at += size;
          }
          const result = await text(Readable.from(parts).pipe(new LineEnds()));
          expect(result).toBe(pieces.join('').replaceAll('\r\n', '\n'));
        },
      ),
    );
  });
});
