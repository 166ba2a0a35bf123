import { Link } from '@backstage/core-components';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';

/** A link to the list, for pages whose namespace does not exist. */
export function BackToNamespaces() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  return <Link to={workbench.namespaces(name)}>{t('namespaces.toList')}</Link>;
}
