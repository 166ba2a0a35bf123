import Breadcrumbs from '@material-ui/core/Breadcrumbs';
import Typography from '@material-ui/core/Typography';
import { createContext, useContext, type PropsWithChildren } from 'react';
import { Link } from '@backstage/core-components';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { useAmambaTranslation } from '../../translation';

interface Entry {
  label: string;
  href: string;
}

const TrailContext = createContext<readonly Entry[]>([]);

/** A step of the way to the page inside, for the portal's header and for {@link Trail}. */
export function Crumb(props: PropsWithChildren<Entry>) {
  const { label, href } = props;
  const trail = useContext(TrailContext);
  return (
    <BreadcrumbEntry entry={{ label, href }}>
      <TrailContext.Provider value={[...trail, { label, href }]}>
        {props.children}
      </TrailContext.Provider>
    </BreadcrumbEntry>
  );
}

/** The way to this page, where the portal's header does not show it. */
export function Trail() {
  const { t } = useAmambaTranslation();
  const trail = useContext(TrailContext);
  if (trail.length < 2) return null;
  return (
    <Breadcrumbs aria-label={t('common.trail')}>
      {trail.map(({ label, href }, index) =>
        index === trail.length - 1 ? (
          <Typography key={href} aria-current="page" color="textPrimary">
            {label}
          </Typography>
        ) : (
          <Link key={href} to={href}>
            {label}
          </Link>
        ),
      )}
    </Breadcrumbs>
  );
}
