import { makeStyles } from '@material-ui/core/styles';

/** Styles of tables. On a narrow screen a row is two lines: name and state, then the rest. */
export const useTableStyles = makeStyles(theme => {
  const narrow = theme.breakpoints.down('xs');
  return {
    scroll: { overflowX: 'auto' },
    table: { [narrow]: { display: 'block' } },
    head: { [narrow]: { display: 'none' } },
    row: {
      '&:last-child > *': { borderBottom: 0 },
      [narrow]: {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: theme.spacing(0.5, 1.5),
        padding: theme.spacing(1, 2),
        borderBottom: `1px solid ${theme.palette.divider}`,
        'tbody > &': { display: 'flex' },
      },
    },
    headCell: { padding: theme.spacing(1, 1.5), whiteSpace: 'nowrap' },
    // the theme lets words be broken anywhere, which makes columns of single letters
    cell: {
      // nor are words of Chinese taken apart
      wordBreak: 'keep-all',
      lineHeight: 1.5,
      overflowWrap: 'break-word',
      padding: theme.spacing(1, 1.5),
      fontVariantNumeric: 'tabular-nums',
      [narrow]: { padding: 0, border: 0 },
    },
    // may be broken anywhere, but keeps room to be read
    wide: { overflowWrap: 'anywhere', minWidth: '11rem' },
    second: { [narrow]: { order: 2 } },
    acts: {
      whiteSpace: 'nowrap',
      textAlign: 'right',
      [narrow]: { order: 1, marginInlineStart: 'auto' },
    },
    pending: {
      display: 'flex',
      justifyContent: 'center',
      marginBottom: theme.spacing(1),
    },
    footer: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    },
    pager: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      fontVariantNumeric: 'tabular-nums',
    },
  };
});
