/**
 * Records of a streamed answer, one JSON value a line, in groups as they come together. Empty lines are signs of life and left out.
 */
export async function* readNdjson<T>(response: Response): AsyncGenerator<T[]> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += value ? decoder.decode(value, { stream: true }) : '';
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      const records = lines.flatMap(line =>
        line === '' ? [] : [JSON.parse(line) as T],
      );
      if (records.length > 0) yield records;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
