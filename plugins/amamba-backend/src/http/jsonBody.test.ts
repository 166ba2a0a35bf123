import { mockErrorHandler } from '@backstage/backend-test-utils';
import express from 'express';
import { connect, type AddressInfo } from 'net';
import { text } from 'stream/consumers';
import request from 'supertest';
import { jsonBody, typedJson } from './jsonBody';

const LIMIT = 100;

describe('jsonBody', () => {
  const app = express();
  app.post('/', jsonBody(LIMIT), (received, response) => {
    response.json({ body: received.body });
  });
  app.use(mockErrorHandler());
  const post = (body: string | Buffer) =>
    request(app).post('/').set('Content-Type', 'application/json').send(body);

  it.each([
    [{ a: 'ä', b: [1, null] }],
    ['text'],
    [Array.from({ length: 40 }, () => 1)],
  ])('reads %j', async value => {
    const answer = await post(JSON.stringify(value));
    expect(answer.body).toEqual({ body: value });
  });

  it.each(['', '{', '{"a": 1} x', 'null,'])('refuses %j', async body => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(/no JSON/);
  });

  it('reads no more than it may, whether or not the caller says how much comes', async () => {
    const long = JSON.stringify('x'.repeat(LIMIT));
    expect((await post(long)).status).toBe(413);
    const server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    for (let n = 0; n < 5; n++) socket.write(`1e\r\n${'x'.repeat(30)}\r\n`);
    socket.write('0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 /);
    server.close();
  });
});

describe('typedJson', () => {
  const MIB = 1024 * 1024;
  const app = express();
  app.post('/', typedJson(MIB), (received, response) => {
    response.json({ size: received.body.text.length });
  });
  app.use(mockErrorHandler());
  const post = (content: string) =>
    request(app).post('/').send({ text: content });

  it('reads what is small enough', async () => {
    expect((await post('abc')).body).toEqual({ size: 3 });
  });

  it('names the limit and the way out for 10 MB', async () => {
    const { status, body } = await post('x'.repeat(10 * MIB));
    expect(status).toBe(413);
    expect(body.error).toMatchObject({
      name: 'PayloadTooLargeError',
      message: expect.stringMatching(/may have 1 MiB at most.*Send less/),
    });
  });

  it('leaves other errors as they are', async () => {
    const { status, body } = await request(app)
      .post('/')
      .set('Content-Type', 'application/json')
      .send('{');
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/JSON/);
  });
});
