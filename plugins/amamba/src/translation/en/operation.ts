/** Words of operations that take a while, English. */
export const operation = {
  running: '{{object}}: under way',
  done: '{{object}}: done',
  failed: '{{object}}: failed',
  steps: 'Steps',
  unknown: 'How far it is could not be read; it goes on.',
  noReason: 'It failed, and no reason was given.',
} as const;
