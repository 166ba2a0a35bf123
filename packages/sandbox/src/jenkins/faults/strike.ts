import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { page, redirect, reply, Reply } from '../http/reply';
import type { Effect } from './FaultInjector';

const PIECE = Buffer.from(
  `{"_class":"hudson.model.FreeStyleProject","name":"${'x'.repeat(900)}"},`,
);

/** A valid JSON object of about this many bytes, made while it is read. */
function hugeJson(bytes: number): Readable {
  return Readable.from(
    (function* parts() {
      yield Buffer.from('{"_class":"hudson.model.Hudson","jobs":[');
      for (let sent = 0; sent < bytes; sent += PIECE.length) yield PIECE;
      yield Buffer.from('{"name":"last"}]}');
    })(),
    { objectMode: false },
  );
}

/** What an effect answers by itself; undefined: the request goes on. */
function answerOf(effect: Effect): Reply | undefined {
  switch (effect.kind) {
    case 'status':
      return page(effect.status, `Error ${effect.status} on demand`);
    case 'html':
      return page(200, 'Please sign in');
    case 'redirect':
      return redirect(effect.to);
    case 'huge':
      return reply(
        200,
        'application/json;charset=utf-8',
        hugeJson(effect.bytes),
      );
    default:
      return undefined;
  }
}

/** How the handling of a request goes on after its faults. */
export interface Struck {
  /** 'gone': nothing more is to be said on this connection */
  outcome: 'go on' | 'gone';
  answer?: Reply;
  /** the body breaks off */
  half: boolean;
  /** the answer is made, and nobody gets it */
  lost: boolean;
}

/** Lets effects strike a request. */
export async function strike(
  effects: Effect[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Struck> {
  const struck: Struck = { outcome: 'go on', half: false, lost: false };
  for (const effect of effects) {
    if (effect.kind === 'latency') {
      await new Promise(resolve => {
        setTimeout(resolve, effect.ms);
      });
    } else if (effect.kind === 'drop') {
      request.socket.destroy();
      return { ...struck, outcome: 'gone' };
    } else if (effect.kind === 'hang') {
      request.resume();
      await new Promise(resolve => {
        response.once('close', resolve);
      });
      return { ...struck, outcome: 'gone' };
    } else if (effect.kind === 'half') {
      struck.half = true;
    } else if (effect.kind === 'loseAnswer') {
      struck.lost = true;
    } else {
      struck.answer ??= answerOf(effect);
    }
  }
  return struck;
}

/** The first half of a body, with the promise of all of it: what follows is the end of the connection. */
export async function* halfOf(body: Reply['body']): AsyncGenerator<Buffer> {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const bytes = Buffer.from(body);
    yield bytes.subarray(0, Math.floor(bytes.length / 2));
    return;
  }
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    yield bytes.subarray(0, Math.ceil(bytes.length / 2));
    return;
  }
}
