import type {
  FormDocument,
  ManifestProblem,
  NamespaceSummary,
  Operation,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import { Banner } from '../../../../components/Banner';
import { DiffView } from '../../../../components/DiffView';
import { OperationProgress } from '../../../../components/OperationProgress';
import { Section } from '../../../../components/Page';
import { ErrorPanel, Loading } from '../../../../components/States';
import { useAct } from '../../../../hooks/useAct';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useToast } from '../../../../hooks/useToast';
import { useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import { createdApplication } from './createdLink';
import { QuotaAsked } from './QuotaAsked';
import type { ServerCheck, Target } from './useServerCheck';

const useStyles = makeStyles(theme => ({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
  },
}));

/** What will be written, as the API server sees it; then it is written. */
export function ReviewStep(props: {
  target: Target;
  namespace: NamespaceSummary | undefined;
  documents: readonly FormDocument[];
  yaml: string;
  server: ServerCheck;
  onBack: () => void;
  /** the text is saved: it may be left */
  onWritten: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { target, documents, yaml, server } = props;
  const [operation, setOperation] = useState<Operation>();
  const made = createdApplication(documents, target);
  const create = useAct(async () => {
    const started = await api.call('applyManifests', {
      params: { workspace },
      body: { ...target, yaml },
    });
    props.onWritten();
    setOperation(started);
  });
  const open = () => {
    toast.done(t('createApplication.done', { application: made?.name ?? '' }));
    navigate(
      made
        ? workbench.application({ workspace, ...made })
        : workbench.applications(workspace),
    );
  };
  const { check } = server;
  const problems = check?.problems ?? [];
  const refused =
    check && !check.ok ? t('createApplication.notReady') : undefined;
  if (operation) {
    return (
      <Section title={t('createApplication.creating')}>
        <OperationProgress
          workspace={workspace}
          operation={operation}
          onDone={open}
          actions={
            <Button
              size="small"
              onClick={() => {
                setOperation(undefined);
                props.onBack();
              }}
            >
              {t('createApplication.back')}
            </Button>
          }
        />
      </Section>
    );
  }
  return (
    <>
      <Section
        title={t('createApplication.review')}
        help={t('createApplication.reviewHelp', {
          namespace: target.namespace,
          cluster: target.cluster,
        })}
      >
        <QuotaAsked namespace={props.namespace} documents={documents} />
        {server.error && (
          <ErrorPanel
            title={t('createApplication.checkFailed')}
            error={server.error}
            onRetry={server.retry}
          />
        )}
        {problems.map(problem => (
          <ProblemBanner key={textOf(problem)} problem={problem} />
        ))}
        {server.checking && <Loading />}
        {check && <DiffView diffs={check.diff} />}
      </Section>
      {create.error && (
        <ErrorPanel
          title={t('createApplication.failed')}
          error={create.error}
        />
      )}
      <div className={classes.acts}>
        <Button onClick={props.onBack}>{t('createApplication.back')}</Button>
        <ActionButton
          variant="contained"
          busy={create.busy}
          refused={
            refused ?? (check ? undefined : t('createApplication.waiting'))
          }
          onClick={() => create.run()}
        >
          {t('createApplication.confirm')}
        </ActionButton>
      </div>
    </>
  );
}

function textOf({ object, path, message, remedy }: ManifestProblem): string {
  return [[object, path].filter(Boolean).join(' '), message, remedy]
    .filter(Boolean)
    .join(' · ');
}

function ProblemBanner(props: { problem: ManifestProblem }) {
  const { problem } = props;
  return (
    <Banner severity={problem.kind === 'warning' ? 'warning' : 'error'}>
      {textOf(problem)}
    </Banner>
  );
}
