import {
  createTheme,
  getContrastRatio,
  type Theme,
} from '@material-ui/core/styles';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { SHAPES } from './shapes';
import {
  nodeLook,
  NodeStatus,
  rollUp,
  runLook,
  RunStatus,
  type StatusKey,
} from './index';

const KEYS = Object.keys(SHAPES) as StatusKey[];

describe('Status', () => {
  it('says the state in a word', async () => {
    await renderInTestApp(
      <>
        <RunStatus state="succeeded" />
        <RunStatus state="waiting" mine />
        <RunStatus state="waiting" mine={false} />
        <NodeStatus state="notBuilt" />
      </>,
    );
    for (const word of [
      'Succeeded',
      'Waiting for you',
      'Waiting for others',
      'Not run',
    ]) {
      expect(screen.getByText(word)).toBeVisible();
    }
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('names an icon that stands alone', async () => {
    await renderInTestApp(<RunStatus state="failed" iconOnly />);
    expect(screen.getByRole('img', { name: 'Failed' })).toBeVisible();
  });

  it('has a shape of its own for every status, in one colour too', () => {
    const grey = {
      fill: 'grey',
      glyph: 'black',
      outline: 'black',
      paper: 'white',
    };
    const shapes = KEYS.map(key => renderToStaticMarkup(SHAPES[key](grey)));
    expect(new Set(shapes).size).toBe(KEYS.length);
  });

  it.each(['light', 'dark'] as const)(
    'outlines icons readably in a %s theme',
    type => {
      const { palette }: Theme = createTheme({ palette: { type } });
      expect(
        getContrastRatio(palette.text.secondary, palette.background.paper),
      ).toBeGreaterThan(3);
    },
  );

  it('tells states apart that differ', () => {
    expect(runLook('failed').status).toBe('failed');
    expect(nodeLook('notStarted')).toEqual({
      status: 'queued',
      word: 'notStarted',
    });
    expect(runLook('waiting')).toEqual({ status: 'waiting', word: 'waiting' });
  });

  it('sums many up to the worst', () => {
    expect(rollUp(['ok', 'running', 'failed', 'waiting'])).toBe('failed');
    expect(rollUp(['ok', 'running', 'unknown'])).toBe('unknown');
    expect(rollUp(['skipped', 'ok'])).toBe('ok');
    expect(rollUp([])).toBe('unknown');
  });
});
