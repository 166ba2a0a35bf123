/** A path of names, each encoded as one segment. */
export function segments(...parts: (string | number)[]): string {
  return parts.map(part => `/${encodeURIComponent(part)}`).join('');
}

/** A view below a path; the path itself without one. */
export function below(path: string, view: string | undefined): string {
  return view ? `${path}/${view}` : path;
}
