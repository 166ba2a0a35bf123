import { createContext } from 'react';
import type { PipelinePage } from '@amamba/backstage-plugin-amamba-common';
import type { ListedPipelines } from './usePipelineQuery';

/**
 * The list that the tab of an entity begins with. It came in one answer with the workspace that the entity belongs to, and is
 * used once: whoever asks again wants it as it is then.
 */
export class FirstList {
  #held: { about: string; page: PipelinePage } | undefined;

  /** @param asked - what the page is of */
  hold(asked: ListedPipelines, page: PipelinePage): void {
    this.#held = { about: JSON.stringify(asked), page };
  }

  /** @returns undefined when it is used up, or something else is asked for */
  take(asked: ListedPipelines): PipelinePage | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held?.about === JSON.stringify(asked) ? held.page : undefined;
  }
}

/** Around the pages of an entity's tab. */
export const FirstListContext = createContext<FirstList | undefined>(undefined);
