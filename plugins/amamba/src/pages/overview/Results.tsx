import { Link } from '@backstage/core-components';
import type { Overview } from '@amamba/backstage-plugin-amamba-common';
import { RunStatus } from '../../components/Status';
import { useLanguage } from '../../components/Time';
import { Weather } from '../../components/Weather';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';
import { Block, useBlockStyles } from './Block';

/** The last results of each pipeline that has some. */
export function Results(props: {
  results: Overview['results'];
  /** of all pipelines, with or without results */
  count: number;
  everything: boolean;
}) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent' });
  return (
    <Block
      title={t('workspaces.overview.results')}
      shown={props.results.length}
      empty={
        props.count > 0
          ? t('workspaces.overview.noneFinished')
          : t('workspaces.overview.noneResults')
      }
    >
      {props.results.map(({ workspace, pipeline, recent }) => (
        <li key={`${workspace}/${pipeline}`} className={classes.row}>
          <RunStatus state={recent[0]} />
          <span className={classes.grow}>
            <Link to={workbench.pipeline(workspace, pipeline)}>
              {props.everything && `${workspace} / `}
              {pipeline}
            </Link>
          </span>
          <span className={classes.end}>
            <Weather recent={recent} />
            {percent.format(
              recent.filter(state => state === 'succeeded').length /
                recent.length,
            )}
          </span>
        </li>
      ))}
    </Block>
  );
}
