/** Whether the view goes along with a log that grows. */
export interface FollowState {
  /** the run goes on, so that there is something to follow */
  running: boolean;
  following: boolean;
  /** lines that came since the reader stopped following */
  unseen: number;
}

export type FollowEvent =
  | { type: 'run'; running: boolean }
  /** lines came */
  | { type: 'grew'; lines: number }
  /** the reader turned the wheel up, pressed a key that moves, selected text or jumped to a line */
  | { type: 'reader' }
  /** the reader pressed the toggle, or "342 new lines" */
  | { type: 'toggle' };

/**
 * The state at the beginning.
 * @param atLine - the page was opened at a line, which is what is read
 */
export function initialFollow(running: boolean, atLine: boolean): FollowState {
  return { running, following: running && !atLine, unseen: 0 };
}

/**
 * Following is on only while the run goes on. Once the reader turned it off, by the toggle or by reading, it stays off until
 * the reader turns it on: where the view stands is no sign of what the reader wants.
 */
export function follow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case 'run':
      return event.running === state.running
        ? state
        : {
            ...state,
            running: event.running,
            following: state.following && event.running,
          };
    case 'grew':
      return state.following || event.lines <= 0
        ? state
        : { ...state, unseen: state.unseen + event.lines };
    case 'reader':
      return state.following ? { ...state, following: false } : state;
    case 'toggle':
      return state.following
        ? { ...state, following: false }
        : { ...state, following: state.running, unseen: 0 };
    default:
      return state;
  }
}
