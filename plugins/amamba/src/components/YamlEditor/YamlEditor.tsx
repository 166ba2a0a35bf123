import { lazy, Suspense } from 'react';
import { Loading } from '../States';
import type { YamlEditorProps } from './types';

const Editor = lazy(() => import('./Editor'));

/**
 * An editor of YAML: undo, search, folding, mistakes in the margin and in a list. Tab indents; Escape, then Tab leaves.
 * It is loaded when it is first shown.
 */
export function YamlEditor(props: YamlEditorProps) {
  return (
    <Suspense fallback={<Loading />}>
      <Editor {...props} />
    </Suspense>
  );
}
