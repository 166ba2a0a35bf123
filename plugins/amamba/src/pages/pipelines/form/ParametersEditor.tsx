import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import Delete from '@material-ui/icons/Delete';
import { useId } from 'react';
import { useAmambaTranslation } from '../../../translation';
import { Field } from './Field';
import { emptyParameter, type ParameterRow } from './formState';
import type { PipelineFormState } from './usePipelineForm';

const TYPES: readonly ParameterRow['type'][] = [
  'string',
  'text',
  'boolean',
  'choice',
  'password',
];
const CHOICE_ROWS = 3;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', padding: 0, margin: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(0, 1.5),
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '& > *': { flex: '1 1 12rem' },
  },
  fixed: { flex: '0 0 auto !important', marginTop: theme.spacing(1.5) },
}));

/** Edits the parameters that runs are asked for. */
export function ParametersEditor(props: { state: PipelineFormState }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { form, change } = props.state;
  const { parameters } = form;
  const replace = (index: number, values: Partial<ParameterRow>) =>
    change({
      parameters: parameters.map((row, place) =>
        place === index ? { ...row, ...values } : row,
      ),
    });
  return (
    <>
      <ul className={classes.list}>
        {parameters.map((row, index) => (
          <li key={row.key} className={classes.row}>
            <Row
              row={row}
              path={`settings.parameters.${index}`}
              problemAt={props.state.problemAt}
              onChange={values => replace(index, values)}
            />
            <Tooltip title={t('pipelines.form.removeParameter')}>
              <IconButton
                className={classes.fixed}
                size="small"
                aria-label={`${t('pipelines.form.removeParameter')} ${row.name}`}
                onClick={() =>
                  change({
                    parameters: parameters.filter(other => other !== row),
                  })
                }
              >
                <Delete fontSize="small" />
              </IconButton>
            </Tooltip>
          </li>
        ))}
      </ul>
      <Button
        startIcon={<Add />}
        onClick={() =>
          change({
            parameters: [
              ...parameters,
              emptyParameter(
                Math.max(-1, ...parameters.map(({ key }) => key)) + 1,
              ),
            ],
          })
        }
      >
        {t('pipelines.form.addParameter')}
      </Button>
      {form.unsupported.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('pipelines.form.keptParameters', {
            names: form.unsupported.map(({ name }) => name).join(', '),
          })}
        </Typography>
      )}
    </>
  );
}

function Row(props: {
  row: ParameterRow;
  path: string;
  problemAt: PipelineFormState['problemAt'];
  onChange: (values: Partial<ParameterRow>) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { row, path, problemAt, onChange } = props;
  return (
    <>
      <Field
        path={`${path}.name`}
        label={t('pipelines.form.parameterName')}
        value={row.name}
        problem={problemAt(`${path}.name`)}
        onChange={name => onChange({ name })}
        required
        code
      />
      <TextField
        id={id}
        select
        SelectProps={{ native: true }}
        label={t('pipelines.form.parameterType')}
        value={row.type}
        onChange={event => {
          const type = TYPES.find(known => known === event.target.value);
          if (type) onChange({ type });
        }}
        margin="dense"
        variant="outlined"
      >
        {TYPES.map(type => (
          <option key={type} value={type}>
            {t(`pipelines.parameterTypes.${type}`)}
          </option>
        ))}
      </TextField>
      <Preset {...props} />
      <Field
        path={`${path}.description`}
        label={t('pipelines.form.description')}
        value={row.description}
        problem={problemAt(`${path}.description`)}
        onChange={description => onChange({ description })}
      />
    </>
  );
}

/** The default of a parameter, by type. */
function Preset(props: {
  row: ParameterRow;
  path: string;
  problemAt: PipelineFormState['problemAt'];
  onChange: (values: Partial<ParameterRow>) => void;
}) {
  const { t } = useAmambaTranslation();
  const { row, path, problemAt, onChange } = props;
  switch (row.type) {
    case 'boolean':
      return (
        <FormControlLabel
          label={t('pipelines.form.defaultOn')}
          control={
            <Checkbox
              color="primary"
              checked={row.defaultChecked}
              onChange={event =>
                onChange({ defaultChecked: event.target.checked })
              }
            />
          }
        />
      );
    case 'choice':
      return (
        <Field
          path={`${path}.choices`}
          label={t('pipelines.form.choices')}
          help={t('pipelines.form.choicesHelp')}
          value={row.choices}
          problem={problemAt(`${path}.choices`)}
          onChange={choices => onChange({ choices })}
          rows={CHOICE_ROWS}
          required
          code
        />
      );
    case 'password':
      return (
        <Typography variant="body2" color="textSecondary">
          {row.hasDefault
            ? t('pipelines.form.passwordKept')
            : t('pipelines.form.passwordNoDefault')}
        </Typography>
      );
    default:
      return (
        <Field
          path={`${path}.defaultValue`}
          label={t('pipelines.form.defaultValue')}
          value={row.defaultValue}
          problem={problemAt(`${path}.defaultValue`)}
          onChange={defaultValue => onChange({ defaultValue })}
          rows={row.type === 'text' ? CHOICE_ROWS : undefined}
        />
      );
  }
}
