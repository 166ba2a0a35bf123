import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import Clear from '@material-ui/icons/Clear';
import Search from '@material-ui/icons/Search';
import { useRef } from 'react';
import { useShortcut } from '../../hooks/shortcuts';
import { useAmambaTranslation } from '../../translation';
import { useDraft } from './useDraft';

/** A search that waits for a pause in typing. `/` goes to it. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const [draft, setDraft] = useDraft(props.value, props.onChange);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', props.label, () => input.current?.focus());
  return (
    <TextField
      size="small"
      variant="outlined"
      type="search"
      placeholder={props.label}
      value={draft}
      onChange={event => setDraft(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Escape' && draft) {
          event.stopPropagation();
          setDraft('');
        }
      }}
      inputRef={input}
      inputProps={{ 'aria-label': props.label, maxLength: 200 }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <Search fontSize="small" aria-hidden />
          </InputAdornment>
        ),
        endAdornment: draft && (
          <InputAdornment position="end">
            <IconButton
              size="small"
              aria-label={t('common.clearSearch')}
              onClick={() => {
                setDraft('');
                input.current?.focus();
              }}
            >
              <Clear fontSize="small" />
            </IconButton>
          </InputAdornment>
        ),
      }}
    />
  );
}
