import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import {
  LIMIT_PARTS,
  LIMIT_RESOURCES,
} from '@amamba/backstage-plugin-amamba-common';
import { FormField, type FormState } from '../../../components/Form';
import { useAmambaTranslation } from '../../../translation';
import type { NamespaceForm } from './formState';

const EXAMPLES = {
  cpu: '200m',
  memory: '256Mi',
  'ephemeral-storage': '1Gi',
} as const;

const WORDS = {
  cpu: 'cpu',
  memory: 'memory',
  'ephemeral-storage': 'ephemeral',
} as const;

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  table: { minWidth: '40rem' },
  cell: { border: 0, padding: theme.spacing(0.5), verticalAlign: 'top' },
}));

type Limits = NamespaceForm['limits'];

/** Edits the defaults and bounds of containers: a row for each resource. */
export function LimitsFields(props: {
  limits: Limits;
  onChange: (limits: Limits) => void;
  problemAt: FormState<object>['problemAt'];
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { limits, onChange, problemAt } = props;
  const problemOf = (path: string) => {
    const problem = problemAt(path);
    if (!problem?.byRule) return problem?.message;
    return problem.message === 'order'
      ? t('namespaces.limits.order')
      : t('namespaces.quota.problems.quantity');
  };
  return (
    <div className={classes.scroll}>
      <Table size="small" className={classes.table}>
        <TableHead>
          <TableRow>
            <TableCell className={classes.cell}>
              {t('namespaces.limits.resource')}
            </TableCell>
            {LIMIT_PARTS.map(part => (
              <TableCell key={part} className={classes.cell} scope="col">
                {t(`namespaces.limits.${part}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {LIMIT_RESOURCES.map(resource => (
            <TableRow key={resource}>
              <TableCell className={classes.cell} component="th" scope="row">
                {t(`namespaces.limits.${WORDS[resource]}`)}
              </TableCell>
              {LIMIT_PARTS.map(part => (
                <TableCell key={part} className={classes.cell}>
                  <FormField
                    id={`limits-${part}-${resource}`}
                    value={limits[part][resource]}
                    placeholder={t('namespaces.quota.example', {
                      example: EXAMPLES[resource],
                    })}
                    onChange={event =>
                      onChange({
                        ...limits,
                        [part]: {
                          ...limits[part],
                          [resource]: event.target.value,
                        },
                      })
                    }
                    problem={problemOf(`containerLimits.${part}.${resource}`)}
                    inputProps={{
                      'aria-label': `${t(`namespaces.limits.${WORDS[resource]}`)}: ${t(`namespaces.limits.${part}`)}`,
                      autoComplete: 'off',
                      spellCheck: false,
                    }}
                  />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
