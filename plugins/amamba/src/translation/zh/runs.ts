/** Words of the run page, Chinese. */
export const runs = {} as const;
