/** Words used everywhere, English. */
export const common = {
  product: 'Workbench',
  needPermission: 'You need "{{permission}}" in {{workspace}}.',
  needPermissionAsk:
    'You need "{{permission}}" in {{workspace}}. Ask {{admins}}.',
} as const;
