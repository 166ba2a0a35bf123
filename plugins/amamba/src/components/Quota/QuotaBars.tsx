import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { QuotaUse } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { QuotaBar } from './QuotaBar';
import { groupOf, NAMED_GROUPS } from './quotaWords';

const useStyles = makeStyles(theme => ({
  group: { marginTop: theme.spacing(1.5) },
}));

/** All limits of a quota, in groups. */
export function QuotaBars(props: { uses: readonly QuotaUse[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const groups = [...NAMED_GROUPS, 'others' as const].map(group => ({
    group,
    uses: props.uses.filter(({ key }) => groupOf(key) === group),
  }));
  return (
    <>
      {groups
        .filter(({ uses }) => uses.length > 0)
        .map(({ group, uses }) => (
          <div key={group} className={classes.group}>
            <Typography variant="subtitle2" component="h4">
              {t(`namespaces.quota.groups.${group}`)}
            </Typography>
            {uses.map(use => (
              <QuotaBar key={use.key} use={use} />
            ))}
          </div>
        ))}
    </>
  );
}
