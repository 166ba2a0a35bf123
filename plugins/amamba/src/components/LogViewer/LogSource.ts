import type {
  LogChunk,
  LogSearchResult,
} from '@amamba/backstage-plugin-amamba-common';

/** Which part of a log is asked for; see the contract's log query. */
export interface LogRange {
  start?: number;
  line?: number;
  tail?: boolean;
  /** bytes */
  limit?: number;
}

/** What is searched for in a whole log. */
export interface LogSearch {
  q: string;
  regex?: boolean;
  matchCase?: boolean;
  skip?: number;
  limit?: number;
}

/** Where a log comes from. */
export interface LogSource {
  read(range: LogRange, signal?: AbortSignal): Promise<LogChunk>;
  search(query: LogSearch, signal?: AbortSignal): Promise<LogSearchResult>;
}
