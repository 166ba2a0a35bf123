import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type FormEvent,
  type ReactNode,
} from 'react';
import { useAct } from '../../hooks/useAct';
import { useAmambaTranslation } from '../../translation';
import { ActionButton } from '../Action';
import { StatusIcon } from '../Status';
import { ErrorPanel } from '../States';

/** What is said before an act that matters. */
export interface Confirmation {
  /** the act and its object: "Delete shop?" */
  title: string;
  /** what will happen, with objects and numbers */
  will: readonly string[];
  /** what a reader may fear, and will not happen */
  willNot?: readonly string[];
  warnings?: readonly string[];
  /** what is asked before it can be said what will happen */
  form?: ReactNode;
  /** more about what will happen, such as the changes line by line */
  detail?: ReactNode;
  /** why it can't be confirmed as it stands */
  refused?: string;
  /** has to be typed, where data is lost */
  typeName?: string;
  /** verb and object: "Delete shop" */
  confirmLabel: string;
  /** for leaving it, where "Cancel" would be misread */
  dismissLabel?: string;
  /** said when the act fails */
  failedLabel: string;
  /** does it; the dialog stays until it is done */
  onConfirm: () => Promise<void>;
}

/** Says what will happen and does it when confirmed. */
export function ConfirmDialog(
  props: Confirmation & { onClose: () => void; destructive?: boolean },
) {
  const { t } = useAmambaTranslation();
  const { typeName } = props;
  const id = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const [typed, setTyped] = useState('');
  const act = useAct(async () => {
    await props.onConfirm();
    props.onClose();
  });
  const missing =
    props.refused ??
    (typeName !== undefined && typed.trim() !== typeName
      ? t('common.typeToConfirm', { name: typeName })
      : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing) act.run();
  };
  return (
    <Dialog
      open
      fullScreen={narrow}
      onClose={props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-list`}
      maxWidth={props.detail ? 'md' : 'sm'}
      fullWidth
    >
      <form onSubmit={submit}>
        <DialogTitle id={`${id}-title`}>{props.title}</DialogTitle>
        <DialogContent>
          {props.form}
          <div id={`${id}-list`}>
            {props.will.length > 0 && <Lines lines={props.will} />}
            {props.willNot && (
              <Lines title={t('common.willNot')} lines={props.willNot} />
            )}
            {props.warnings?.map(warning => (
              <Typography key={warning} paragraph>
                <StatusIcon status="unstable" /> {warning}
              </Typography>
            ))}
          </div>
          {props.detail}
          {typeName !== undefined && (
            <TextField
              fullWidth
              margin="dense"
              variant="outlined"
              id={`${id}-name`}
              label={t('common.typeToConfirm', { name: typeName })}
              value={typed}
              onChange={event => setTyped(event.target.value)}
              inputProps={{ autoComplete: 'off', spellCheck: false }}
            />
          )}
          {act.error && (
            <ErrorPanel title={props.failedLabel} error={act.error} />
          )}
        </DialogContent>
        <DialogActions>
          <Dismiss focused={props.destructive ?? false} onClick={props.onClose}>
            {props.dismissLabel ?? t('common.cancel')}
          </Dismiss>
          <ActionButton
            type="submit"
            variant="contained"
            busy={act.busy}
            refused={missing}
          >
            {props.confirmLabel}
          </ActionButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/**
 * The safe answer, which has the focus where something is lost. It takes it a moment later: `autoFocus` would do so before
 * the button has its ripple, and Material UI 4 fails for those who came by the keyboard.
 */
function Dismiss(props: {
  focused: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { focused } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!focused) return undefined;
    const timer = setTimeout(() => button.current?.focus());
    return () => clearTimeout(timer);
  }, [focused]);
  return (
    <Button ref={button} onClick={props.onClick}>
      {props.children}
    </Button>
  );
}

function Lines(props: { title?: string; lines: readonly string[] }) {
  return (
    <>
      {props.title && <Typography>{props.title}</Typography>}
      <Typography component="ul">
        {props.lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </Typography>
    </>
  );
}
