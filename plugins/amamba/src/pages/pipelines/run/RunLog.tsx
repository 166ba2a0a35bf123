import { useAmambaApi } from '../../../api';
import { LogViewer, type LineRange } from '../../../components/LogViewer';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import { toError } from '@backstage/errors';
import { download, fileName, openRaw } from '../../../api/download';
import { useLogSource, useRun } from './runScope';

/**
 * The log of a run, or of one of its stages or steps, with its downloads.
 * @param props.node - id of the stage or step; undefined: the whole run
 */
export function RunLog(props: {
  node: string | undefined;
  title: string;
  running: boolean;
  failed: boolean;
  lines: LineRange | undefined;
  onLines(lines: LineRange): void;
  q: string;
  onQuery(q: string): void;
  onReader(): void;
  goToError: boolean;
  onWentToError(): void;
}) {
  const { node, ...view } = props;
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { params, run } = useRun();
  const source = useLogSource(params, node);
  const open = (id: string | undefined) => () =>
    api.open('downloadRunLog', { params, query: { node: id } });
  const attempt = (work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      toast.failed(t('runs.downloadFailed'), toError(error));
    }
  };
  const whole = `${run.pipeline}-${run.number ?? run.id}`;
  // a title is a command, with slashes that are no folders
  const part = `${whole}-${props.title.replaceAll('/', '_')}`;
  return (
    <LogViewer
      {...view}
      source={source}
      errorText={run.error}
      menu={[
        ...(node
          ? [
              {
                label: t('runs.downloadPart'),
                act: attempt(() =>
                  download(open(node), { name: fileName(`${part}.log`) }),
                ),
              },
            ]
          : []),
        {
          label: t('runs.downloadRun'),
          act: attempt(() =>
            download(open(undefined), { name: fileName(`${whole}.log`) }),
          ),
        },
        {
          label: t('runs.openRaw'),
          act: attempt(() => openRaw(open(node))),
        },
      ]}
    />
  );
}
