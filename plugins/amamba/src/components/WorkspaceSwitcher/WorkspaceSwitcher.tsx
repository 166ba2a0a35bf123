import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { makeStyles } from '@material-ui/core/styles';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../api';
import { useFieldStyles } from '../Filter';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useLive } from '../../hooks/useLive';
import { ROOMS, type RoomId } from '../../rooms';
import { useAmambaTranslation } from '../../translation';

/** Stands for all workspaces of the reader in an address. */
export const ALL_WORKSPACES = '~all';

const useStyles = makeStyles({ root: { width: '16rem', maxWidth: '100%' } });

/**
 * Changes the workspace and stays in the room; filters are dropped.
 * @param props.current - name of the workspace that is shown
 */
export function WorkspaceSwitcher(props: { room: RoomId; current: string }) {
  const classes = useStyles();
  const field = useFieldStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { room, current } = props;
  const { data } = useLive(
    signal => api.call('listWorkspaces', { params: {} }, { signal }),
    { key: 'workspaces', watch: false },
  );
  const titles = new Map(data?.items.map(item => [item.name, item.title]));
  if (ROOMS[room].acrossWorkspaces)
    titles.set(ALL_WORKSPACES, t('workspaces.all'));
  const options = [...titles.keys()];
  if (!titles.has(current)) options.unshift(current);
  return (
    <Autocomplete
      // its text does not follow a label that changes
      key={titles.get(current) ?? current}
      className={classes.root}
      size="small"
      options={options}
      value={current}
      disableClearable
      getOptionLabel={name => titles.get(name) ?? name}
      openText={t('common.open')}
      closeText={t('common.close')}
      noOptionsText={t('common.noMatch')}
      onChange={(_event, name) => navigate(workbench.room(room, name))}
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          InputLabelProps={{
            ...params.InputLabelProps,
            className: field.label,
          }}
          label={t('workspaces.workspace')}
        />
      )}
    />
  );
}
