import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Revision } from '@amamba/backstage-plugin-amamba-common';
import { useEffect, useId, useRef } from 'react';
import { useAmambaApi } from '../../../../api';
import { DiffView } from '../../../../components/DiffView';
import { LiveView } from '../../../../components/States';
import { useLive } from '../../../../hooks/useLive';
import { useAmambaTranslation } from '../../../../translation';
import { followApplication, useApplication } from '../applicationScope';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(2, 0, 1),
    '& > :first-child:focus': { outline: 'none' },
  },
}));

/** What differs between two revisions. */
export function Comparison(props: {
  from: Revision;
  to: Revision;
  onClose: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { address } = useApplication();
  const query = { from: props.from.id, to: props.to.id };
  const asked = `${query.from}..${query.to}`;
  // revisions do not change: what was compared stays so
  const live = useLive(
    signal =>
      api.call('compareRevisions', { params: address, query }, { signal }),
    { ...followApplication(address, asked), watch: false },
  );
  useEffect(() => {
    heading.current?.focus();
  }, [asked]);
  return (
    <section aria-labelledby={id}>
      <div className={classes.head}>
        <Typography
          variant="h6"
          component="h3"
          id={id}
          ref={heading}
          tabIndex={-1}
        >
          {t('applications.revisions.between', {
            from: String(props.from.number),
            to: String(props.to.number),
          })}
        </Typography>
        <Button size="small" onClick={props.onClose}>
          {t('common.close')}
        </Button>
      </div>
      <LiveView live={live} failed={t('applications.revisions.compareFailed')}>
        {({ items }) => <DiffView diffs={items} />}
      </LiveView>
    </section>
  );
}
