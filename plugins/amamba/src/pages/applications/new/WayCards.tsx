import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from 'react-router-dom';
import { PageHeader } from '../../../components/Page';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';

const useStyles = makeStyles(theme => ({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))',
    gap: theme.spacing(2),
    maxWidth: '60rem',
  },
  card: { height: '100%' },
}));

/** Where a new application comes from. */
export function WayCards() {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name, title } = useWorkspace();
  const cards = [
    { way: 'form', to: workbench.newApplication(name, 'form') },
    { way: 'yaml', to: workbench.newApplication(name, 'yaml') },
    { way: 'chart', to: workbench.charts(name) },
    { way: 'import', to: workbench.newApplication(name, 'import') },
  ] as const;
  return (
    <>
      <PageHeader title={t('createApplication.title', { workspace: title })} />
      <div className={classes.cards}>
        {cards.map(({ way, to }) => (
          <Card key={way} variant="outlined" className={classes.card}>
            <CardActionArea
              className={classes.card}
              component={Link}
              to={to}
              // a link is a link: the library would call it a button
              role={undefined}
            >
              <CardContent>
                <Typography variant="h6" component="h3">
                  {t(`createApplication.ways.${way}`)}
                </Typography>
                <Typography variant="body2" color="textSecondary">
                  {t(`createApplication.ways.${way}Help`)}
                </Typography>
              </CardContent>
            </CardActionArea>
          </Card>
        ))}
      </div>
    </>
  );
}
