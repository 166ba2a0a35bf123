const DEFAULT_NAMESPACE = 'default';

/**
 * The name of a workspace in addresses: the group's name, prefixed by `namespace~` outside the default namespace.
 * @param group - namespace and name of the group
 */
export function workspaceName(group: {
  namespace: string;
  name: string;
}): string {
  return group.namespace.toLocaleLowerCase('en-US') === DEFAULT_NAMESPACE
    ? group.name
    : `${group.namespace}~${group.name}`;
}

/** The group reference that a workspace name stands for; the inverse of {@link workspaceName}. */
export function workspaceRef(name: string): string {
  const separator = name.indexOf('~');
  const namespace =
    separator < 0 ? DEFAULT_NAMESPACE : name.slice(0, separator);
  return `group:${namespace}/${name.slice(separator + 1)}`.toLocaleLowerCase(
    'en-US',
  );
}
