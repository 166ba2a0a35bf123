import { z } from 'zod';

/** A parameter's name becomes an environment variable and a Groovy property. */
export const parameterNameSchema = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'must consist of letters, digits and "_", and not begin with a digit',
  );

const base = {
  name: parameterNameSchema,
  description: z.string().max(2000).optional(),
};

/** Definition of a run parameter, by type. */
export const parameterDefinitionSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('string'),
    defaultValue: z.string().max(10_000).optional(),
    /** white space at both ends is cut off */
    trim: z.boolean().default(false),
  }),
  z.object({
    ...base,
    type: z.literal('text'),
    defaultValue: z.string().max(100_000).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('boolean'),
    defaultValue: z.boolean().default(false),
  }),
  z.object({
    ...base,
    type: z.literal('choice'),
    /** the first one is the default */
    choices: z.array(z.string().max(1000)).min(1).max(500),
  }),
  z.object({
    ...base,
    type: z.literal('password'),
    /** true when a default is stored in the engine; the value itself is never sent */
    hasDefault: z.boolean().default(false),
  }),
  z.object({
    ...base,
    /** a type that the portal shows but cannot ask for, with the engine's own name of it */
    type: z.literal('unsupported'),
    engineType: z.string(),
  }),
]);
export type ParameterDefinition = z.infer<typeof parameterDefinitionSchema>;
/** A definition as it may be written, with what has a default left out. */
export type ParameterDefinitionInput = z.input<
  typeof parameterDefinitionSchema
>;

/** Parameter definitions of one pipeline; names are unique. */
export const parameterDefinitionsSchema = z
  .array(parameterDefinitionSchema)
  .max(100)
  .refine(
    list => new Set(list.map(item => item.name)).size === list.length,
    'parameter names must be unique',
  );

/** Values for one run, by parameter name. */
export const parameterValuesSchema = z.record(
  parameterNameSchema,
  z.union([z.string().max(100_000), z.boolean()]),
);
export type ParameterValues = z.infer<typeof parameterValuesSchema>;
