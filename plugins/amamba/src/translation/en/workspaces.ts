/** Words of the workspace switcher and the overview, English. */
export const workspaces = {} as const;
