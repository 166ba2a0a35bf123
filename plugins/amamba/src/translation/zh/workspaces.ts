/** Words of the workspace switcher and the overview, Chinese. */
export const workspaces = {} as const;
