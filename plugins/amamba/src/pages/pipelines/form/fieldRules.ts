/** The rule that is said when a field breaks it, by its path in the contract; others say what the check says. */
export const FIELD_RULES = [
  [/^name$/, 'name'],
  [/^environment$/, 'environment'],
  [/^entityRef$/, 'entityRef'],
  [/^source\.url$/, 'url'],
  [/^source\.branch$/, 'branch'],
  [/^source\.scriptPath$/, 'scriptPath'],
  [/^source\.credentialId$/, 'credentialId'],
  [/^settings\.discard\.(?:days|runs)$/, 'discard'],
  [/^settings\.quietPeriodSeconds$/, 'quietPeriod'],
  [/^settings\.parameters\.\d+\.name$/, 'parameterName'],
  [/^settings\.parameters\.\d+\.choices$/, 'choices'],
] as const satisfies readonly (readonly [RegExp, string])[];
