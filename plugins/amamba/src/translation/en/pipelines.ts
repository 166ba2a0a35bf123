/** Words of the pipeline list, the pipeline page and its forms, English. */
export const pipelines = {} as const;
