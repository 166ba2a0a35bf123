import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ActionButton } from '../Action';
import { Banner } from '../Banner';
import { ErrorPanel } from '../States';
import type { Act } from '../../hooks/useAct';
import { useAmambaTranslation } from '../../translation';
import { answeredProblems } from './problems';
import type { FormState } from './useForm';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
    maxWidth: '60rem',
  },
}));

/**
 * Saves a form, and says what stands against it that no field says.
 * @param props.isShown - whether a field of the contract has a place in the form, where its problem is said
 */
export function SaveBar(props: {
  state: Pick<FormState<object>, 'elsewhere'>;
  isShown: (path: string) => boolean;
  act: Act<[]>;
  label: string;
  failed: string;
  refused?: string;
  onCancel: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { act, state } = props;
  const elsewhere = state.elsewhere(props.isShown);
  return (
    <>
      {elsewhere.length > 0 && (
        <Banner severity="error">{elsewhere.join(' ')}</Banner>
      )}
      {act.error && answeredProblems(act.error) === undefined && (
        <ErrorPanel title={props.failed} error={act.error} />
      )}
      <div className={classes.root}>
        <Button onClick={props.onCancel}>{t('common.cancel')}</Button>
        <ActionButton
          type="submit"
          variant="contained"
          busy={act.busy}
          refused={props.refused}
        >
          {props.label}
        </ActionButton>
      </div>
    </>
  );
}
