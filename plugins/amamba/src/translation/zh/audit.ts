/** Words of the audit page, Chinese. */
export const audit = {} as const;
