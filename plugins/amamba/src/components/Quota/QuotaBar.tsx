import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import {
  describeQuantity,
  type QuotaUse,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { StatusIcon } from '../Status';
import { useLanguage } from '../Time';
import { amountText, quotaLabel } from './quotaWords';

/** From this share on a limit is tight. */
export const TIGHT = 0.8;
const PERCENT = 100;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns:
      'minmax(9rem, 1fr) minmax(6rem, 1fr) minmax(9rem, 1fr)',
    alignItems: 'center',
    gap: theme.spacing(0, 1.5),
    minHeight: 28,
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr 1fr' },
  },
  compact: {
    gridTemplateColumns: '9rem 4rem auto',
    justifyContent: 'start',
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr auto' },
  },
  bar: { [theme.breakpoints.down('xs')]: { display: 'none' } },
  used: { backgroundColor: theme.palette.text.primary },
  track: { backgroundColor: theme.palette.divider },
  amount: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** Whether so much of a limit is used that somebody should know. */
export function isTight({ share }: Pick<QuotaUse, 'share'>): boolean {
  return (share ?? 0) >= TIGHT;
}

/** Gives a function that says used of limit: `7.2 of 8, 90 %`. */
export function useQuotaText(): (use: QuotaUse) => string {
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return ({ key, used, hard, share }) => {
    const text = (quantity: string) =>
      amountText(quantity, key, (value, unit) =>
        describeQuantity(value, unit, language),
      );
    const of = t('namespaces.quota.of', { used: text(used), hard: text(hard) });
    return share === undefined ? of : `${of}, ${percent.format(share)}`;
  };
}

/**
 * Used against limit, as a bar and in numbers; a tight one has a sign.
 * @param props.compact - in a cell of a table
 */
export function QuotaBar(props: { use: QuotaUse; compact?: boolean }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const text = useQuotaText()(props.use);
  const { key, share = 0 } = props.use;
  const label = quotaLabel(t, key);
  return (
    <div className={`${classes.root} ${props.compact ? classes.compact : ''}`}>
      <span>{label}</span>
      <LinearProgress
        className={classes.bar}
        classes={{ bar: classes.used, colorPrimary: classes.track }}
        variant="determinate"
        value={Math.min(share, 1) * PERCENT}
        aria-label={`${label}: ${text}`}
      />
      <span className={classes.amount}>
        {text}
        {isTight(props.use) && (
          <StatusIcon
            status="unstable"
            size={16}
            label={t('namespaces.quota.tight')}
          />
        )}
      </span>
    </div>
  );
}
