import { readdirSync } from 'fs';
import { join } from 'path';
import type { Endpoint } from './contract/endpoint';
import { endpoints } from './endpoints';
import { amambaPermissions } from './permissions';

/** Every operation as its domain declares it, read from the folders themselves. */
const declared = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(path => /[\\/]endpoints\.ts$/.test(path))
  .flatMap(path =>
    Object.values<Record<string, Endpoint>>(
      jest.requireActual(join(__dirname, path)),
    ).flatMap(group => Object.entries(group)),
  );

const all = Object.entries<Endpoint>(endpoints);

describe('endpoints', () => {
  it('has the operations of every domain, none hidden by another of its name', () => {
    expect(declared.map(([key]) => key).sort()).toEqual(
      Object.keys(endpoints).sort(),
    );
  });

  it.each(all)('%s is called by its id', (key, endpoint) => {
    expect(endpoint.id).toBe(key);
  });

  it('has each address once', () => {
    const addresses = all.map(
      ([, { method, path }]) => `${method} ${path.replace(/:[a-zA-Z]+/g, ':')}`,
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it.each(all)('%s takes the parameters of its path', (_key, endpoint) => {
    const inPath = [...endpoint.path.matchAll(/:([a-zA-Z]+)/g)];
    expect(Object.keys(endpoint.params.shape).sort()).toEqual(
      inPath.map(([, name]) => name).sort(),
    );
  });

  it.each(all)(
    '%s needs a user with a permission, or a token',
    (_key, endpoint) => {
      const known = amambaPermissions.map(({ name }) => name);
      expect(endpoint.auth === 'token' || endpoint.permissions.length > 0).toBe(
        true,
      );
      expect(known).toEqual(expect.arrayContaining([...endpoint.permissions]));
    },
  );
});
