import { makeStyles } from '@material-ui/core/styles';

/** Labels of fields on the page itself, where the theme's secondary text has too little contrast. */
export const useFieldStyles = makeStyles(theme => ({
  label: { color: theme.palette.text.primary },
}));
