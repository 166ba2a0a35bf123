import {
  applicationStartSchema,
  buildYaml,
  formWorkloadKinds,
  type ApplicationStart,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { ActionButton } from '../../../components/Action';
import {
  FormField,
  schemaProblems,
  useForm,
  type Problems,
} from '../../../components/Form';
import { Section } from '../../../components/Page';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';

const useStyles = makeStyles(theme => ({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
    maxWidth: '60rem',
  },
}));

/** The first questions, as they are typed. */
interface Fields {
  name: string;
  image: string;
  kind: ApplicationStart['kind'];
  port: string;
  host: string;
  description: string;
}

const EMPTY: Fields = {
  name: '',
  image: '',
  kind: 'Deployment',
  port: '8080',
  host: '',
  description: '',
};

function startOf(fields: Fields): unknown {
  const { name, image, kind, port, host, description } = fields;
  return {
    name,
    image: image.trim(),
    kind,
    description: description || undefined,
    host: host || undefined,
    ports: port ? [{ name: 'http', port: Number(port) }] : [],
  };
}

function problemsOf(fields: Fields): Problems {
  return schemaProblems(applicationStartSchema, startOf(fields));
}

/**
 * The first questions of a new application; everything else has a default and comes after.
 * @param props.onStart - takes the manifests to go on with
 */
export function StartForm(props: { onStart: (yaml: string) => void }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [initial] = useState(EMPTY);
  const state = useForm(initial, problemsOf);
  const { form: fields, change } = state;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (state.check()) {
      const start = applicationStartSchema.parse(startOf(fields));
      props.onStart(buildYaml(start));
    } else {
      setTimeout(() =>
        form.current
          ?.querySelector<HTMLElement>('[aria-invalid="true"]')
          ?.focus(),
      );
    }
  };
  const field = (
    name: 'name' | 'image' | 'port' | 'host' | 'description',
    path: string,
    label: string,
    more: { help?: string; required?: boolean } = {},
  ) => {
    const problem = state.problemAt(path);
    return (
      <FormField
        id={`${id}-${name}`}
        label={label}
        value={fields[name]}
        problem={
          problem &&
          (more.required && fields[name].trim() === ''
            ? t('pipelines.form.required')
            : problem.message)
        }
        {...more}
        onChange={event => change({ [name]: event.target.value })}
        inputProps={{ autoComplete: 'off', spellCheck: false }}
      />
    );
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Section
        title={t('createApplication.start')}
        help={t('createApplication.startHelp')}
      >
        {field('name', 'name', t('appForm.name'), {
          required: true,
          help: t('createApplication.nameHelp'),
        })}
        {field('image', 'image', t('appForm.image'), {
          required: true,
          help: t('appForm.imageHelp'),
        })}
        <FormField
          id={`${id}-kind`}
          select
          SelectProps={{ native: true }}
          label={t('appForm.kind')}
          value={fields.kind}
          problem={undefined}
          help={t(`createApplication.kinds.${fields.kind}`)}
          onChange={event => {
            const kind = formWorkloadKinds.find(
              known => known === event.target.value,
            );
            if (kind) change({ kind });
          }}
        >
          {formWorkloadKinds.map(kind => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </FormField>
        {field('port', 'ports.0.port', t('createApplication.port'), {
          help: t('createApplication.portHelp'),
        })}
        {field('host', 'host', t('createApplication.host'), {
          help: t('createApplication.hostHelp'),
        })}
        {field('description', 'description', t('appForm.description'))}
      </Section>
      <div className={classes.acts}>
        <Button onClick={() => navigate(workbench.newApplication(workspace))}>
          {t('common.cancel')}
        </Button>
        <ActionButton type="submit" variant="contained">
          {t('createApplication.next')}
        </ActionButton>
      </div>
    </form>
  );
}
