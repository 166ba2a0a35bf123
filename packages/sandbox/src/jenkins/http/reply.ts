import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { escapeXml } from '../xml/editor';

/** What a handler answers. */
export interface Reply {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string | Buffer | Readable;
}

/** An answer that ends the handling of a request wherever it is thrown. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  /** HTML of the page behind its title */
  readonly content: string;

  constructor(
    status: number,
    message: string,
    headers: OutgoingHttpHeaders = {},
    content = '',
  ) {
    super(message);
    this.content = content;
    this.status = status;
    this.headers = headers;
  }
}

export function reply(
  status: number,
  type: string,
  body: Reply['body'],
  headers: OutgoingHttpHeaders = {},
): Reply {
  return { status, headers: { 'Content-Type': type, ...headers }, body };
}

export function json(value: unknown, status = 200, pretty = false): Reply {
  const body = JSON.stringify(value, null, pretty ? 2 : undefined);
  return reply(status, 'application/json;charset=utf-8', body, {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'deny',
  });
}

export function text(
  body: Reply['body'],
  headers?: OutgoingHttpHeaders,
): Reply {
  return reply(200, 'text/plain;charset=utf-8', body, headers);
}

export function xml(body: string): Reply {
  return reply(200, 'application/xml;charset=utf-8', body);
}

/** A page, as plain as can be. */
export function page(status: number, title: string, content = ''): Reply {
  const head = `<head><title>${escapeXml(title)} - Jenkins</title></head>`;
  const body = `<body><h1>${escapeXml(title)}</h1>${content}</body>`;
  return reply(
    status,
    'text/html;charset=utf-8',
    `<!DOCTYPE html><html>${head}${body}</html>`,
  );
}

/** 200 without a body. */
export function ok(): Reply {
  return { status: 200, headers: {}, body: '' };
}

export function noContent(): Reply {
  return { status: 204, headers: {}, body: '' };
}

/** 302, which Jenkins answers to most of what a form posts. */
export function redirect(location: string): Reply {
  return { status: 302, headers: { Location: location }, body: '' };
}

/** `{"status":"ok","data":…}` of `HttpResponses.okJSON`. */
export function okJson(data: unknown, headers?: OutgoingHttpHeaders): Reply {
  const answer = json({ status: 'ok', data });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** `{"status":"error",…}` of `HttpResponses.errorJSON`. */
export function errorJson(status: number, message: string): Reply {
  return json({ status: 'error', message, data: { error: message } }, status);
}

/** A form validation message, as `FormValidation` renders it. */
export function formValidation(
  kind: 'ok' | 'warning' | 'error',
  message: string,
): Reply {
  const body = message
    ? `<div class=${kind}><img src='/static/none.gif' height=16 width=1>${escapeXml(message)}</div>`
    : '<div/>';
  return reply(200, 'text/html;charset=utf-8', body);
}
