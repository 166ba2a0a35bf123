import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { useId, useState } from 'react';
import {
  useShortcut,
  useShortcutRegistry,
  useShortcutsEnabled,
  type Shortcut,
} from '../hooks/shortcuts';
import { useAmambaTranslation } from '../translation';

/** The help that `?` opens: the keys of the page, and the switch that turns them off. */
export function ShortcutHelp() {
  const { t } = useAmambaTranslation();
  const registry = useShortcutRegistry();
  const [enabled, setEnabled] = useShortcutsEnabled();
  const id = useId();
  // the list as it is when the help opens
  const [shown, setShown] = useState<Shortcut[]>();
  useShortcut('?', t('common.shortcuts'), () => setShown(registry?.list()));
  if (!shown) return null;
  const close = () => setShown(undefined);
  return (
    <Dialog open onClose={close} aria-labelledby={id} maxWidth="xs" fullWidth>
      <DialogTitle id={id}>{t('common.shortcuts')}</DialogTitle>
      <DialogContent>
        <Table size="small" aria-labelledby={id}>
          <TableBody>
            {shown.map(({ keys, label }) => (
              <TableRow key={keys}>
                <TableCell component="th" scope="row">
                  <kbd>{keys}</kbd>
                </TableCell>
                <TableCell>{label}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <FormControlLabel
          label={t('common.shortcutsOn')}
          control={
            <Checkbox
              color="primary"
              checked={enabled}
              onChange={event => setEnabled(event.target.checked)}
            />
          }
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
