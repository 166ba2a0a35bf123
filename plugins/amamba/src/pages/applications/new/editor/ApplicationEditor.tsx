import { readForm } from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ActionButton } from '../../../../components/Action';
import { Banner } from '../../../../components/Banner';
import { useLeaveGuard } from '../../../../components/Form';
import { ErrorPanel } from '../../../../components/States';
import { YamlEditor } from '../../../../components/YamlEditor';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import { ManifestForm } from './ManifestForm';
import { QuotaAsked } from './QuotaAsked';
import { ReviewStep } from './ReviewStep';
import { useTarget } from './TargetFields';
import {
  problemsOfFields,
  problemsOfText,
  useFieldProblems,
} from './useManifestProblems';
import { useServerCheck } from './useServerCheck';

const useStyles = makeStyles(theme => ({
  panes: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignItems: 'start',
    marginBottom: theme.spacing(2),
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    },
  },
  one: { marginBottom: theme.spacing(2) },
  beside: {
    [theme.breakpoints.up('md')]: {
      position: 'sticky',
      top: theme.spacing(2),
    },
  },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
  },
}));

/**
 * Writes an application's manifests: as a form and as text, both of the same, then a look at what they would do.
 * @param props.start - the text to begin with
 * @param props.form - whether the form stands beside the text
 */
export function ApplicationEditor(props: { start: string; form: boolean }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const [text, setText] = useState(props.start);
  const [reviewing, setReviewing] = useState(false);
  const [written, setWritten] = useState(false);
  const { target, namespace, section } = useTarget();
  const documents = useMemo(() => readForm(text), [text]);
  const found = useFieldProblems(documents);
  const worthAsking =
    documents !== undefined && documents.length > 0 && found.length === 0;
  const server = useServerCheck(
    workspace,
    target,
    worthAsking ? text : undefined,
  );
  const guard = useLeaveGuard(!written && text !== props.start);
  const answered = useMemo(() => server.check?.problems ?? [], [server.check]);
  const problems = useMemo(
    () => [...found, ...problemsOfFields(documents ?? [], answered)],
    [found, documents, answered],
  );
  const textProblems = useMemo(
    () => [
      ...problemsOfText(answered),
      ...found.map(({ document, path, message }) => {
        const one = documents?.find(({ index }) => index === document);
        return {
          message: `${one?.kind ?? ''} ${path}: ${message}`,
          severity: 'error' as const,
        };
      }),
    ],
    [answered, found, documents],
  );

  if (reviewing && target && documents) {
    return (
      <>
        <ReviewStep
          target={target}
          namespace={namespace}
          documents={documents}
          yaml={text}
          server={server}
          onBack={() => setReviewing(false)}
          onWritten={() => setWritten(true)}
        />
        {guard.dialog}
      </>
    );
  }
  let refused: string | undefined;
  if (!documents) refused = t('createApplication.notYaml');
  else if (documents.length === 0) refused = t('createApplication.nothingYet');
  else if (found.length > 0) {
    refused = t('createApplication.problems', { count: found.length });
  } else if (!target) refused = t('createApplication.noNamespace');
  const editor = (
    <YamlEditor
      label={t('createApplication.manifests')}
      value={text}
      onChange={setText}
      problems={textProblems}
    />
  );
  return (
    <>
      {section}
      {documents && <QuotaAsked namespace={namespace} documents={documents} />}
      {props.form ? (
        <div className={classes.panes}>
          <div>
            {documents ? (
              <ManifestForm
                text={text}
                documents={documents}
                problems={problems}
                onChange={setText}
              />
            ) : (
              <Banner severity="warning">
                {t('createApplication.formOff')}
              </Banner>
            )}
          </div>
          <div className={classes.beside}>{editor}</div>
        </div>
      ) : (
        <div className={classes.one}>{editor}</div>
      )}
      {server.error && (
        <ErrorPanel
          title={t('createApplication.checkFailed')}
          error={server.error}
          onRetry={server.retry}
        />
      )}
      <div className={classes.acts}>
        <Typography variant="body2" role="status">
          {server.checking && t('createApplication.checking')}
          {server.check?.ok && t('createApplication.checked')}
          {server.check && !server.check.ok && t('createApplication.notReady')}
        </Typography>
        <Button onClick={() => navigate(workbench.newApplication(workspace))}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          variant="contained"
          refused={refused}
          onClick={() => setReviewing(true)}
        >
          {t('createApplication.toReview')}
        </ActionButton>
      </div>
      {guard.dialog}
    </>
  );
}
