/** Words used everywhere, Chinese. */
export const common = {
  product: '工作台',
  needPermission: '需要 {{workspace}} 的「{{permission}}」权限。',
  needPermissionAsk:
    '需要 {{workspace}} 的「{{permission}}」权限，可联系 {{admins}}。',
} as const;
