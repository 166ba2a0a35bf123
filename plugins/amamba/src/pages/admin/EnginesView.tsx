import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { EngineHealth } from '@amamba/backstage-plugin-amamba-common';
import { CopyButton } from '../../components/Action';
import { FactList, Section } from '../../components/Page';
import { EmptyState, IconLine, LiveView } from '../../components/States';
import { StatusIcon } from '../../components/Status';
import { Ago } from '../../components/Time';
import type { Live } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { engineStatus } from './health';
import type { EngineList } from './usePlatform';

const SNIPPET = `amamba:
  jenkins:
    instances:
      - id: ci
        title: Jenkins
        baseUrl: https://jenkins.example.com
        username: portal
        apiToken: \${JENKINS_TOKEN}
`;

/** Everything that is known of each engine. */
export function EnginesView(props: { live: Live<EngineList> }) {
  const { t } = useAmambaTranslation();
  const { live } = props;
  return (
    <LiveView live={live} failed={t('admin.enginesFailed')}>
      {({ items }) => (
        <>
          {items.map(engine => (
            <EngineSection key={engine.id} engine={engine} />
          ))}
          {items.length > 0 ? (
            <Button variant="outlined" onClick={live.retry}>
              {t('admin.check')}
            </Button>
          ) : (
            <NoEngine onCheck={live.retry} />
          )}
        </>
      )}
    </LiveView>
  );
}

function EngineSection(props: { engine: EngineHealth }) {
  const { t } = useAmambaTranslation();
  const { engine } = props;
  const { state, latencyMs, queue, executors } = engine;
  return (
    <Section title={engine.title}>
      <IconLine icon={<StatusIcon status={engineStatus(engine)} />}>
        {t(`admin.states.${state}`)} {engine.problem}
      </IconLine>
      <FactList
        facts={[
          [
            t('admin.facts.version'),
            [engine.type, engine.version].filter(Boolean).join(' '),
          ],
          [
            t('admin.facts.latency'),
            latencyMs !== undefined &&
              t('admin.facts.milliseconds', { ms: String(latencyMs) }),
          ],
          [
            t('admin.facts.queue'),
            queue === undefined ? undefined : String(queue),
          ],
          [
            t('admin.facts.executors'),
            executors &&
              t('admin.facts.of', {
                busy: String(executors.busy),
                total: String(executors.total),
              }),
          ],
          [
            t('admin.facts.event'),
            engine.eventAt ? (
              <Ago key="event" time={engine.eventAt} />
            ) : (
              t('admin.facts.noEvent')
            ),
          ],
          [
            t('admin.facts.answered'),
            engine.answeredAt && <Ago key="seen" time={engine.answeredAt} />,
          ],
        ]}
      />
    </Section>
  );
}

/** The portal has no engine: how to add one. */
export function NoEngine(props: { onCheck: () => void }) {
  const { t } = useAmambaTranslation();
  return (
    <EmptyState
      title={t('admin.noEngine')}
      act={
        <>
          <CopyButton text={SNIPPET} label={t('workspaces.copySnippet')} />
          <Button size="small" onClick={props.onCheck}>
            {t('workspaces.checkAgain')}
          </Button>
        </>
      }
    >
      <Typography variant="body2">{t('admin.noEngineHelp')}</Typography>
    </EmptyState>
  );
}
