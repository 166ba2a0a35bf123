import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActionButton } from '../../../components/Action';
import { Person } from '../../../components/Cause';
import { Ago } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { FactList, Section } from '../../../components/Page';
import { DeclaredParameters, ParameterList } from './DeclaredParameters';

const useStyles = makeStyles(theme => ({
  acts: { marginBottom: theme.spacing(2) },
  script: {
    margin: 0,
    maxHeight: '30rem',
    overflow: 'auto',
    fontFamily: 'monospace',
    whiteSpace: 'pre',
  },
}));

/** The settings of a pipeline, to be read. */
export function SettingsView(props: { pipeline: Pipeline }) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const classes = useStyles();
  const { pipeline } = props;
  const { settings, declaredParameters } = pipeline;
  const { reason } = useMayOn(pipeline, 'amamba.pipeline.update');
  return (
    <>
      <div className={classes.acts}>
        <ActionButton
          refused={reason}
          to={here.pipeline(pipeline.workspace, pipeline.name, 'settings/edit')}
        >
          {t('pipelines.settings.edit')}
        </ActionButton>
      </div>
      <Source pipeline={pipeline} />
      <Section title={t('pipelines.form.parameters')}>
        {declaredParameters ? (
          <DeclaredParameters parameters={declaredParameters} />
        ) : (
          <ParameterList parameters={settings.parameters} />
        )}
      </Section>
      <Running pipeline={pipeline} />
      <About pipeline={pipeline} />
    </>
  );
}

function Source(props: { pipeline: Pipeline }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { source, engine } = props.pipeline;
  return (
    <Section title={t('pipelines.form.source')}>
      {source.type === 'script' ? (
        // a scrolled area has to be reachable by keys
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={classes.script} tabIndex={0} aria-label="Jenkinsfile">
          {source.script}
        </pre>
      ) : (
        <FactList
          facts={[
            [t('pipelines.form.url'), source.url],
            [t('pipelines.form.branch'), source.branch],
            [t('pipelines.form.scriptPath'), source.scriptPath],
            [t('pipelines.form.credentialId'), source.credentialId],
            [t('pipelines.form.engine'), engine],
          ]}
        />
      )}
    </Section>
  );
}

function Running(props: { pipeline: Pipeline }) {
  const { t } = useAmambaTranslation();
  const { triggers, discard, disableConcurrentRuns, quietPeriodSeconds } =
    props.pipeline.settings;
  const kept = discard
    ? [
        discard.days && t('pipelines.settings.days', { count: discard.days }),
        discard.runs && t('pipelines.settings.runs', { count: discard.runs }),
      ]
        .filter(Boolean)
        .join(', ')
    : t('pipelines.settings.forEver');
  return (
    <Section title={t('pipelines.form.running')}>
      <FactList
        facts={[
          [t('pipelines.form.cron'), triggers.cron],
          [t('pipelines.form.pollScm'), triggers.pollScm],
          [
            t('pipelines.settings.concurrent'),
            disableConcurrentRuns
              ? t('pipelines.settings.oneAtATime')
              : t('pipelines.settings.anyNumber'),
          ],
          [
            t('pipelines.form.quietPeriod'),
            quietPeriodSeconds === undefined ? '' : String(quietPeriodSeconds),
          ],
          [t('pipelines.settings.kept'), kept],
        ]}
      />
    </Section>
  );
}

function About(props: { pipeline: Pipeline }) {
  const { t } = useAmambaTranslation();
  const { pipeline } = props;
  return (
    <Section title={t('pipelines.form.about')}>
      <FactList
        facts={[
          [t('pipelines.form.description'), pipeline.description],
          [
            t('pipelines.form.entity'),
            pipeline.entityRef && (
              <EntityRefLink entityRef={pipeline.entityRef} />
            ),
          ],
          [t('pipelines.form.environment'), pipeline.environment],
          [
            t('pipelines.settings.created'),
            <Typography key="created" component="span">
              <Person who={pipeline.createdBy} />,{' '}
              <Ago time={pipeline.createdAt} />
            </Typography>,
          ],
          [
            t('pipelines.settings.updated'),
            <Typography key="updated" component="span">
              <Person who={pipeline.updatedBy} />,{' '}
              <Ago time={pipeline.updatedAt} />
            </Typography>,
          ],
        ]}
      />
    </Section>
  );
}
