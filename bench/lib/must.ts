/** What a figure has to be, to be good enough. */
export type Must = {
  /** For people and the result file, such as "≥ 50". */
  readonly text: string;
  readonly holds: (value: number) => boolean;
};

/** At least `bound`, in the figure's unit. */
export function atLeast(bound: number): Must {
  return { text: `≥ ${bound}`, holds: value => value >= bound };
}

/** At most `bound`, in the figure's unit. */
export function atMost(bound: number): Must {
  return { text: `≤ ${bound}`, holds: value => value <= bound };
}

/** Less than `bound`, in the figure's unit. */
export function below(bound: number): Must {
  return { text: `< ${bound}`, holds: value => value < bound };
}

/** Exactly `bound`: for counts. */
export function exactly(bound: number): Must {
  return { text: `= ${bound}`, holds: value => value === bound };
}
