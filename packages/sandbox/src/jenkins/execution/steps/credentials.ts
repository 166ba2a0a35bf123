import { randomBytes } from 'crypto';
import { mkdir, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { raise, Unsupported } from '../groovy/errors';
import { toText, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { temporaryFolder } from '../runtime/nodes';
import type { Credential } from '../types';
import { requiredObject, StepDefinition } from './definition';
import { Symbolic } from './symbols';
import { missingContext } from './invoke';
import { table } from '../groovy/table';

/** What one binding puts into the environment, and what of it is secret. */
export interface Bound {
  env: Record<string, string>;
  secrets: string[];
  files: string[];
}

/** @throws when the job cannot see a credential of this id (and kind). */
export function findCredential<K extends Credential['kind']>(
  ctx: Ctx,
  id: string,
  ...kinds: K[]
): Extract<Credential, { kind: K }> {
  const credential = ctx.run.request.services.credential(id);
  const isWanted = (c: Credential): c is Extract<Credential, { kind: K }> =>
    kinds.some(kind => kind === c.kind);
  if (credential && isWanted(credential)) {
    return credential;
  }
  return raise(
    'org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException',
    credential
      ? `Credentials '${id}' is of type '${credential.kind}' where '${kinds.join("' or '")}' was expected`
      : `Could not find credentials entry with ID '${id}'`,
  );
}

/** Puts a secret into a file that only the build can read; gone when the block ends. */
async function secretFile(
  ctx: Ctx,
  name: string,
  content: Buffer | string,
): Promise<string> {
  if (!ctx.agent) {
    missingContext('hudson.FilePath');
  }
  const folder = join(
    temporaryFolder(ctx.agent),
    'secretFiles',
    randomBytes(8).toString('hex'),
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name.replace(/[^\w.-]/g, '_') || 'secret');
  await writeFile(path, content, { mode: 0o400 });
  return path;
}

async function bindOne(
  ctx: Ctx,
  kind: string,
  arg: (name: string) => string | undefined,
): Promise<Bound> {
  const id = arg('credentialsId') ?? '';
  const variable = arg('variable') ?? '';
  switch (kind) {
    case 'usernamePassword': {
      const { username, password } = findCredential(
        ctx,
        id,
        'usernamePassword',
      );
      return {
        env: {
          [arg('usernameVariable') ?? 'USERNAME']: username,
          [arg('passwordVariable') ?? 'PASSWORD']: password,
        },
        secrets: [password],
        files: [],
      };
    }
    case 'usernameColonPassword': {
      const { username, password } = findCredential(
        ctx,
        id,
        'usernamePassword',
      );
      const both = `${username}:${password}`;
      return {
        env: { [variable]: both },
        secrets: [both, password],
        files: [],
      };
    }
    case 'string': {
      const { secret } = findCredential(ctx, id, 'string');
      return { env: { [variable]: secret }, secrets: [secret], files: [] };
    }
    case 'file': {
      const { fileName, content } = findCredential(ctx, id, 'file');
      const path = await secretFile(ctx, fileName, content);
      return { env: { [variable]: path }, secrets: [path], files: [path] };
    }
    case 'sshUserPrivateKey': {
      const found = findCredential(ctx, id, 'sshUserPrivateKey');
      const path = await secretFile(
        ctx,
        `ssh-key-${variable}`,
        found.privateKey,
      );
      const env: Record<string, string> = {
        [arg('keyFileVariable') ?? 'SSH_KEY']: path,
      };
      const user = arg('usernameVariable');
      const passphrase = arg('passphraseVariable');
      if (user) {
        env[user] = found.username;
      }
      if (passphrase) {
        env[passphrase] = found.passphrase ?? '';
      }
      return {
        env,
        secrets: [path, ...(found.passphrase ? [found.passphrase] : [])],
        files: [path],
      };
    }
    default:
      throw new Unsupported(`the credentials binding ${kind}`);
  }
}

const CLASSES = table<string>({
  UsernamePasswordMultiBinding: 'usernamePassword',
  UsernamePasswordBinding: 'usernameColonPassword',
  StringBinding: 'string',
  FileBinding: 'file',
  SSHUserPrivateKeyBinding: 'sshUserPrivateKey',
});

async function bindValue(ctx: Ctx, binding: Value): Promise<Bound> {
  const named = binding instanceof Symbolic ? binding.args : binding;
  if (!(named instanceof Map)) {
    return raise(
      'IllegalArgumentException',
      `${toText(binding)} is no binding`,
    );
  }
  const className = toText(named.get('$class') ?? '').replace(/^.*\./, '');
  const kind =
    binding instanceof Symbolic
      ? binding.symbol
      : (CLASSES[className] ?? className);
  return bindOne(ctx, kind, name => {
    const value = named.get(name);
    return value === undefined || value === null ? undefined : toText(value);
  });
}

/** Runs a body with these variables set and their secrets kept out of the log; its files are removed afterwards. */
export async function withBound<T>(
  ctx: Ctx,
  bound: readonly Bound[],
  body: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const secrets = bound.flatMap(one => one.secrets);
  secrets.forEach(secret => ctx.run.secrets.add(secret));
  const inner: Ctx = {
    ...ctx,
    env: Object.assign({}, ctx.env, ...bound.map(({ env }) => env)),
    secrets: [...ctx.secrets, ...secrets],
  };
  try {
    return await body(inner);
  } finally {
    for (const file of bound.flatMap(({ files }) => files)) {
      await rm(join(file, '..'), { recursive: true, force: true });
    }
  }
}

/** `X = credentials('id')` of a declarative `environment`: what it sets depends on the credential. */
export async function bindEnvironment(
  ctx: Ctx,
  name: string,
  id: string,
): Promise<Bound> {
  const found = findCredential(
    ctx,
    id,
    'usernamePassword',
    'string',
    'file',
    'sshUserPrivateKey',
  );
  switch (found.kind) {
    case 'usernamePassword': {
      const both = `${found.username}:${found.password}`;
      return {
        env: {
          [name]: both,
          [`${name}_USR`]: found.username,
          [`${name}_PSW`]: found.password,
        },
        secrets: [both, found.password],
        files: [],
      };
    }
    case 'string':
      return {
        env: { [name]: found.secret },
        secrets: [found.secret],
        files: [],
      };
    case 'file': {
      const path = await secretFile(ctx, found.fileName, found.content);
      return { env: { [name]: path }, secrets: [path], files: [path] };
    }
    default: {
      const path = await secretFile(ctx, `ssh-key-${name}`, found.privateKey);
      const { passphrase } = found;
      return {
        env: {
          [name]: path,
          [`${name}_USR`]: found.username,
          [`${name}_PSW`]: passphrase ?? '',
        },
        secrets: [path, ...(passphrase ? [passphrase] : [])],
        files: [path],
      };
    }
  }
}

export const CREDENTIAL_STEPS: StepDefinition[] = [
  {
    name: 'withCredentials',
    title: 'Bind credentials to variables',
    parameters: { bindings: requiredObject },
    block: true,
    async run({ ctx, args, body, log }) {
      const bound: Bound[] = [];
      for (const binding of args.list('bindings')) {
        bound.push(await bindValue(ctx, binding));
      }
      if (bound.some(({ secrets }) => secrets.length > 0)) {
        const names = bound.flatMap(({ env, secrets }) =>
          Object.keys(env).filter(name => secrets.includes(env[name])),
        );
        log.line(
          `Masking supported pattern matches of $${names.join(' or $')}`,
        );
        log.end();
      }
      return withBound(ctx, bound, body);
    },
  },
];
