/** Words of the audit page, English. */
export const audit = {} as const;
