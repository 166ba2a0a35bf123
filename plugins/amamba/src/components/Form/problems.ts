import { messageOf, statusOf } from '../States';

/** What is wrong, by the path of the field: `source.url`, `settings.parameters.0.name`. */
export type Problems = Readonly<Record<string, string>>;

const BAD_REQUEST = 400;
const CONFLICT = 409;
const FIELD = /^[a-zA-Z]+(?:\.[a-zA-Z0-9/_-]+)*$/;

/** The part of a schema that judges; the schemas of the contract fit. */
interface Judge {
  safeParse(value: unknown): {
    error?: {
      issues: readonly { path: readonly PropertyKey[]; message: string }[];
    };
  };
}

/** What the schema of a request says against it, the first of each field; empty when it is right. */
export function schemaProblems(schema: Judge, value: unknown): Problems {
  const problems: Record<string, string> = {};
  for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
    problems[path.map(String).join('.')] ??= message;
  }
  return problems;
}

/**
 * What the backend says against fields. It answers 400 with `field: what; field: what`.
 * @returns undefined when the error is not about fields
 */
export function answeredProblems(error: Error): Problems | undefined {
  const message = messageOf(error);
  if (statusOf(error) === CONFLICT && /\bname\b|already/i.test(message)) {
    return { name: message };
  }
  if (statusOf(error) !== BAD_REQUEST) return undefined;
  const problems: Record<string, string> = {};
  for (const part of message.split('; ')) {
    const separator = part.indexOf(': ');
    const field = part.slice(0, Math.max(separator, 0)).replace(/^body\./, '');
    if (!FIELD.test(field)) return undefined;
    problems[field] ??= part.slice(separator + 2);
  }
  return problems;
}
