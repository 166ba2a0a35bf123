/** Words of the pipeline list, the pipeline page and its forms, Chinese. */
export const pipelines = {} as const;
