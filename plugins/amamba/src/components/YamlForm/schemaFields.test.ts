import fc from 'fast-check';
import { fieldsOfSchema, schemaOfValue } from './schemaFields';

const WORDS = { add: (name: string) => `Add to ${name}`, unset: 'Default' };

describe('fields of a schema', () => {
  it('are of the types that it names, in its order, with titles and help', () => {
    const fields = fieldsOfSchema(
      {
        required: ['image'],
        definitions: { port: { type: 'integer', description: 'Listens' } },
        properties: {
          image: {
            title: 'Image',
            type: 'object',
            properties: { tag: { type: 'string' } },
          },
          port: { $ref: '#/definitions/port' },
          mode: { enum: ['a', 'b'] },
          debug: { type: ['boolean', 'null'] },
          hosts: { type: 'array', items: { type: 'string' } },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          mounts: {
            type: 'array',
            items: { type: 'object', properties: { name: { type: 'string' } } },
          },
          anything: {},
        },
      },
      WORDS,
    );
    expect(fields.map(({ label, type }) => `${label} ${type}`)).toEqual([
      'Image group',
      'port number',
      'mode choice',
      'debug boolean',
      'hosts texts',
      'labels map',
      'mounts list',
    ]);
    expect(fields[0].required).toBe(true);
    expect(fields[1].help).toBe('Listens');
  });

  it('have an end when a schema refers to itself', () => {
    const schema = {
      type: 'object',
      properties: { child: { $ref: '#' }, name: { type: 'string' } },
    };
    expect(JSON.stringify(fieldsOfSchema(schema, WORDS)).length).toBeLessThan(
      10_000,
    );
  });

  it('come from the values where there is no schema', () => {
    const schema = schemaOfValue({
      image: { tag: '1' },
      replicas: 2,
      debug: false,
      hosts: ['a'],
      resources: {},
      none: null,
    });
    expect(
      fieldsOfSchema(schema, WORDS).map(({ label, type }) => [label, type]),
    ).toEqual([
      ['image', 'group'],
      ['replicas', 'number'],
      ['debug', 'boolean'],
      ['hosts', 'texts'],
    ]);
  });

  it('never throw, whatever the schema is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), json => {
        const properties = { a: JSON.parse(json) };
        expect(
          fieldsOfSchema({ properties }, WORDS).length,
        ).toBeLessThanOrEqual(1);
      }),
    );
  });
});
