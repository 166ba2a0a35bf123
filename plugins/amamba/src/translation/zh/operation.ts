/** Words of operations that take a while, Chinese. */
export const operation = {
  running: '{{object}}：进行中',
  done: '{{object}}：已完成',
  failed: '{{object}}：失败',
  steps: '步骤',
  unknown: '无法读取进度，操作仍在继续。',
  noReason: '操作失败，未给出原因。',
} as const;
