/** Words of forms over YAML, English. */
export const yamlForm = {
  onlyInText: 'What stands here can only be changed in the YAML.',
  oneALine: 'One a line',
  choose: 'Choose …',
  key: 'Name',
  value: 'Value',
  addTo: 'Add to “{{name}}”',
  remove: 'Remove {{name}}',
  isSet: 'set',
  yes: 'Yes',
  no: 'No',
  problems_one: '{{count}} problem',
  problems_other: '{{count}} problems',
} as const;
