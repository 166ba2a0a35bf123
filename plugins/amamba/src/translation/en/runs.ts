/** Words of the run page, English. */
export const runs = {} as const;
