import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import { readFileSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { openApiDocument } from './openApiDocument';

const FILE = resolve(__dirname, '../../../../docs/openapi.json');

describe('openApiDocument', () => {
  const text = `${JSON.stringify(openApiDocument(endpoints), null, 2)}\n`;

  // `UPDATE_OPENAPI=1` writes the file; without it the committed file has to be what the schemas say.
  it('equals the committed document', () => {
    if (process.env.UPDATE_OPENAPI) writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('has every operation once, with its parameters', () => {
    const document = JSON.parse(text) as {
      paths: Record<
        string,
        Record<string, { operationId: string; parameters: { name: string }[] }>
      >;
    };
    const operations = Object.entries(document.paths).flatMap(
      ([path, methods]) =>
        Object.values(methods).map(operation => ({ path, ...operation })),
    );
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(endpoints).sort(),
    );
    for (const { path, parameters } of operations) {
      const inPath = [...path.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, n]) => n);
      expect(parameters.map(({ name }) => name)).toEqual(
        expect.arrayContaining(inPath),
      );
    }
  });
});
