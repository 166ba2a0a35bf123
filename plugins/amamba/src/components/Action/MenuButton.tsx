import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import MoreVert from '@material-ui/icons/MoreVert';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';

/** One act of a menu. */
export interface MenuEntry {
  label: string;
  /** what it does, or the address that it leads to */
  act: (() => void) | string;
  /** why it is not possible; undefined when it is */
  refused?: string;
}

/**
 * The menu of acts that have no button of their own.
 * @param props.label - what the acts are about: "More for shop"
 */
export function MenuButton(props: {
  label: string;
  entries: readonly MenuEntry[];
}) {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const navigate = useNavigate();
  return (
    <>
      <Tooltip title={props.label}>
        <IconButton
          size="small"
          aria-label={props.label}
          aria-haspopup="menu"
          aria-expanded={Boolean(anchor)}
          onClick={event => setAnchor(event.currentTarget)}
        >
          <MoreVert />
        </IconButton>
      </Tooltip>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(undefined)}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        MenuListProps={{ 'aria-label': props.label }}
      >
        {props.entries.map(({ label, act, refused }) => (
          <MenuItem
            key={label}
            aria-disabled={Boolean(refused) || undefined}
            onClick={() => {
              if (refused) return;
              setAnchor(undefined);
              if (typeof act === 'string') navigate(act);
              else act();
            }}
          >
            <span>
              {label}
              {refused && (
                <Typography
                  variant="body2"
                  color="textSecondary"
                  display="block"
                >
                  {refused}
                </Typography>
              )}
            </span>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
