import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useId } from 'react';
import type {
  ParameterDefinition,
  ParameterValues,
} from '@amamba/backstage-plugin-amamba-common';
import { FormField } from '../Form';
import { useAmambaTranslation } from '../../translation';
import { isAsked, type AskedParameter, type ParameterProblem } from './values';

/** More choices than these are searched rather than listed. */
const LISTED_CHOICES = 20;
const TEXT_ROWS = 4;

/**
 * A form of run parameters, one field each, by type.
 * @param props.problems - what is wrong, by name
 */
export function ParameterFields(props: {
  definitions: readonly ParameterDefinition[];
  values: ParameterValues;
  problems: Readonly<Record<string, ParameterProblem>>;
  onChange: (name: string, value: string | boolean) => void;
}) {
  const { t } = useAmambaTranslation();
  const unsupported = props.definitions.filter(item => !isAsked(item));
  return (
    <>
      {props.definitions.filter(isAsked).map(definition => (
        <ParameterField
          key={definition.name}
          definition={definition}
          value={props.values[definition.name]}
          problem={props.problems[definition.name]}
          onChange={value => props.onChange(definition.name, value)}
        />
      ))}
      {unsupported.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('pipelines.parameters.unsupported', {
            names: unsupported.map(({ name }) => name).join(', '),
          })}
        </Typography>
      )}
    </>
  );
}

interface FieldProps<D extends AskedParameter = AskedParameter> {
  definition: D;
  value: string | boolean | undefined;
  problem: ParameterProblem | undefined;
  onChange: (value: string | boolean) => void;
}

function ParameterField(props: FieldProps) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { definition, value, problem, onChange } = props;
  const { description, name } = definition;
  if (definition.type === 'boolean') {
    return (
      <FormControl margin="dense" fullWidth>
        <FormControlLabel
          label={name}
          control={
            <Checkbox
              color="primary"
              checked={value === true}
              onChange={event => onChange(event.target.checked)}
              inputProps={{ 'aria-describedby': `${id}-help` }}
            />
          }
        />
        <FormHelperText id={`${id}-help`}>{description}</FormHelperText>
      </FormControl>
    );
  }
  const problemText =
    problem &&
    {
      notAChoice: () => t('pipelines.parameters.notAChoice'),
      tooLong: () => t('pipelines.parameters.tooLong'),
    }[problem]();
  const secret =
    definition.type === 'password' && definition.hasDefault
      ? t('pipelines.parameters.passwordStored')
      : undefined;
  const common = {
    id,
    label: name,
    problem: problemText,
    help: [secret, description].filter(Boolean).join(' ') || undefined,
  };
  const text = typeof value === 'string' ? value : '';
  if (definition.type === 'choice') {
    return (
      <ChoiceField
        field={common}
        choices={definition.choices}
        value={text}
        onChange={onChange}
      />
    );
  }
  return (
    <FormField
      {...common}
      value={text}
      onChange={event => onChange(event.target.value)}
      type={definition.type === 'password' ? 'password' : 'text'}
      multiline={definition.type === 'text'}
      minRows={definition.type === 'text' ? TEXT_ROWS : undefined}
      inputProps={{
        autoComplete: definition.type === 'password' ? 'new-password' : 'off',
        spellCheck: false,
      }}
    />
  );
}

function ChoiceField(props: {
  field: {
    id: string;
    label: string;
    problem: string | undefined;
    help: string | undefined;
  };
  choices: readonly string[];
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const { field, choices, value, onChange } = props;
  if (choices.length <= LISTED_CHOICES) {
    return (
      <FormField
        {...field}
        select
        SelectProps={{ native: true }}
        value={value}
        onChange={event => onChange(event.target.value)}
      >
        {choices.map(choice => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </FormField>
    );
  }
  return (
    <Autocomplete
      id={field.id}
      options={[...choices]}
      value={value}
      disableClearable
      openText={t('common.open')}
      closeText={t('common.close')}
      noOptionsText={t('common.noMatch')}
      onChange={(_event, choice) => onChange(choice)}
      renderInput={params => (
        <FormField {...params} {...field} id={params.id} />
      )}
    />
  );
}
