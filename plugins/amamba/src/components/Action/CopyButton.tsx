import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import LinkIcon from '@material-ui/icons/Link';
import { useEffect, useState } from 'react';
import { useAmambaTranslation } from '../../translation';

const COPIED_MS = 2000;

/**
 * Copies a text and says so.
 * @param props.text - the text, or what gives it at the click
 * @param props.label - what is copied: "Copy link"
 * @param props.icon - an icon alone; its name is the label
 */
export function CopyButton(props: {
  text: string | (() => string);
  label: string;
  icon?: 'copy' | 'link';
}) {
  const { t } = useAmambaTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const { text } = props;
    await navigator.clipboard.writeText(
      typeof text === 'string' ? text : text(),
    );
    setCopied(true);
  };
  if (!props.icon) {
    return (
      <Button size="small" onClick={copy}>
        {copied ? t('common.copied') : props.label}
      </Button>
    );
  }
  const Icon = props.icon === 'link' ? LinkIcon : FileCopyOutlined;
  return (
    <Tooltip title={copied ? t('common.copied') : props.label}>
      <IconButton size="small" aria-label={props.label} onClick={copy}>
        <Icon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
