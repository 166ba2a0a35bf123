import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import IconButton from '@material-ui/core/IconButton';
import Popover from '@material-ui/core/Popover';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import ViewColumn from '@material-ui/icons/ViewColumn';
import { useState } from 'react';
import { useStored } from '../../hooks/useStored';
import { useAmambaTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2) },
}));

/** What a reader chose for a table. */
export type TablePreferences = {
  /** ids of hidden columns */
  hidden: string[];
  dense: boolean;
};

/** The preferences of a table, kept by the portal. */
export function useTablePreferences(
  id: string,
): [TablePreferences, (preferences: TablePreferences) => void] {
  return useStored<TablePreferences>(`table.${id}`, {
    hidden: [],
    dense: true,
  });
}

/** The menu of columns and density. */
export function TableOptions(props: {
  columns: readonly { id: string; label: string; optional?: boolean }[];
  preferences: TablePreferences;
  onChange: (preferences: TablePreferences) => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { preferences, onChange } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const toggle = (id: string) =>
    onChange({
      ...preferences,
      hidden: preferences.hidden.includes(id)
        ? preferences.hidden.filter(hidden => hidden !== id)
        : [...preferences.hidden, id],
    });
  return (
    <>
      <Tooltip title={t('common.tableOptions')}>
        <IconButton
          size="small"
          aria-label={t('common.tableOptions')}
          aria-haspopup="dialog"
          aria-expanded={Boolean(anchor)}
          onClick={event => setAnchor(event.currentTarget)}
        >
          <ViewColumn fontSize="small" />
        </IconButton>
      </Tooltip>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        PaperProps={{
          role: 'dialog',
          'aria-label': t('common.tableOptions'),
        }}
      >
        <FormGroup className={classes.root}>
          {props.columns
            .filter(({ optional }) => optional)
            .map(({ id, label }) => (
              <FormControlLabel
                key={id}
                label={label}
                control={
                  <Checkbox
                    color="primary"
                    size="small"
                    checked={!preferences.hidden.includes(id)}
                    onChange={() => toggle(id)}
                  />
                }
              />
            ))}
          <FormControlLabel
            label={t('common.dense')}
            control={
              <Checkbox
                color="primary"
                size="small"
                checked={preferences.dense}
                onChange={() =>
                  onChange({ ...preferences, dense: !preferences.dense })
                }
              />
            }
          />
        </FormGroup>
      </Popover>
    </>
  );
}
