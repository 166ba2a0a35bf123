import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { ShortcutsProvider } from '../../hooks/shortcuts';
import { giveElementsHeight } from '../__testUtils__/elementSize';
import { FakeLog } from './__testUtils__/fakeLog';
import { LogViewer, type LineRange } from './index';

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => `line ${from + i}\n`).join('');

type Props = Partial<Omit<Parameters<typeof LogViewer>[0], 'source'>>;

function Harness(props: Props & { source: FakeLog }) {
  const [lines, setLines] = useState<LineRange | undefined>(props.lines);
  const [q, setQ] = useState(props.q ?? '');
  return (
    <ShortcutsProvider>
      <LogViewer
        title="npm test"
        running={false}
        failed={false}
        menu={[]}
        {...props}
        lines={lines}
        onLines={range => {
          setLines(range);
          props.onLines?.(range);
        }}
        q={q}
        onQuery={setQ}
      />
    </ShortcutsProvider>
  );
}

async function show(source: FakeLog, props: Props = {}) {
  const view = await renderInTestApp(<Harness source={source} {...props} />);
  return view;
}

const theLog = () => screen.findByRole('log', { name: 'Log of npm test' });

describe('LogViewer', () => {
  giveElementsHeight(400);

  it('draws only what is in view, and says how it is to be read', async () => {
    await show(new FakeLog(numbered(5000)));
    const log = await theLog();
    expect(log).toHaveAttribute('aria-live', 'off');
    expect(log).toHaveAttribute('tabindex', '0');
    expect(within(log).getByText('line 1')).toBeVisible();
    expect(
      within(log).getByRole('link', { name: 'Link to line 1' }),
    ).toHaveAttribute('href', '#L1');
    expect(within(log).queryByText('line 200')).not.toBeInTheDocument();
  });

  it('never takes text of a log for markup', async () => {
    await show(
      new FakeLog(
        '<img src=x onerror=alert(1)>\u001b[31m<b>red</b>\u001b[0m\n',
      ),
    );
    const log = await theLog();
    expect(within(log).getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(within(log).getByText('<b>red</b>').style.color).toMatch(/^rgb/);
    expect(log.querySelector('img, b')).toBeNull();
  });

  it('begins at the line that the address points at, and extends with Shift', async () => {
    const onLines = jest.fn();
    await show(new FakeLog(numbered(50_000)), {
      lines: { from: 20_000, to: 20_000 },
      onLines,
    });
    const log = await theLog();
    expect(await within(log).findByText('line 20000')).toBeVisible();
    fireEvent.click(
      within(log).getByRole('link', { name: 'Link to line 20003' }),
      { shiftKey: true },
    );
    expect(onLines).toHaveBeenCalledWith({ from: 20_000, to: 20_003 });
  });

  it('searches the whole log and goes to matches', async () => {
    await show(new FakeLog(`${numbered(30_000)}the needle\n${numbered(9)}`));
    const user = userEvent.setup();
    await theLog();
    await user.type(
      screen.getByRole('textbox', { name: 'Search the log' }),
      'needle',
    );
    expect(await screen.findByText('1 / 1')).toBeVisible();
    const log = await theLog();
    expect(await within(log).findByText('needle')).toBeVisible();
    expect(within(log).getByText('needle').tagName).toBe('MARK');
  });

  it('steps through matches with F3', async () => {
    await show(new FakeLog(numbered(3000)), { q: 'line 10' });
    const user = userEvent.setup();
    await theLog();
    expect(await screen.findByText('1 / 111')).toBeVisible();
    await user.keyboard('{F3}');
    expect(await screen.findByText('2 / 111')).toBeVisible();
    await user.keyboard('{Shift>}{F3}{F3}{/Shift}');
    expect(await screen.findByText('111 / 111')).toBeVisible();
  });

  it('stays at the line of the address, and searches on from there', async () => {
    await show(new FakeLog(numbered(3000)), {
      q: 'line 10',
      lines: { from: 500, to: 500 },
    });
    const user = userEvent.setup();
    const log = await theLog();
    expect(await screen.findByText('– / 111')).toBeVisible();
    expect(within(log).getByText('line 500')).toBeVisible();
    await user.keyboard('{F3}');
    expect(await screen.findByText('12 / 111')).toBeVisible();
  });

  it('goes to the first error', async () => {
    const onLines = jest.fn();
    await show(new FakeLog(`${numbered(4000)}FAIL CartTest\n${numbered(9)}`), {
      onLines,
    });
    const user = userEvent.setup();
    await theLog();
    await user.keyboard('e');
    await waitFor(() =>
      expect(onLines).toHaveBeenCalledWith({ from: 4001, to: 4001 }),
    );
    expect(await screen.findByText('FAIL CartTest')).toBeVisible();
  });

  it('cuts long lines until all of it is asked for', async () => {
    await show(new FakeLog(`${'x'.repeat(12_345)}\nend\n`));
    const user = userEvent.setup();
    const log = await theLog();
    expect(within(log).getByText('x'.repeat(10_000))).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Show all 12,345 characters' }),
    );
    expect(within(log).getByText('x'.repeat(12_345))).toBeInTheDocument();
  });

  it('says when there is nothing, and when it could not be read', async () => {
    await show(new FakeLog(''));
    expect(await screen.findByText('There was no output.')).toBeVisible();
    const broken = new FakeLog('x\n');
    broken.failure = new Error('Jenkins "ci" did not answer.');
    await show(broken);
    expect(
      await screen.findByText(/Jenkins "ci" did not answer\./),
    ).toBeVisible();
    broken.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await theLog()).toBeVisible();
  });

  describe('of a run that goes on', () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: ['performance', 'queueMicrotask'] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });
    const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
    const isFollowing = () =>
      screen
        .getByRole('button', { name: 'Follow' })
        .getAttribute('aria-pressed');

    it('follows, until the reader turns the wheel up, and counts what came', async () => {
      const source = new FakeLog(numbered(100));
      source.running = true;
      await show(source, { running: true });
      await pass(10);
      expect(isFollowing()).toBe('true');
      source.grow(numbered(10, 101));
      await pass(1100);
      expect(screen.queryByText(/new lines/)).not.toBeInTheDocument();
      fireEvent.wheel(screen.getByRole('log'), { deltaY: -100 });
      expect(isFollowing()).toBe('false');
      source.grow(numbered(42, 111));
      await pass(3100);
      fireEvent.wheel(screen.getByRole('log'), { deltaY: 100 });
      expect(isFollowing()).toBe('false');
      fireEvent.click(screen.getByRole('button', { name: /42 new lines/ }));
      expect(isFollowing()).toBe('true');
      expect(
        screen.queryByRole('button', { name: /new lines/ }),
      ).not.toBeInTheDocument();
    });

    it('asks on for the last lines, and stops when nothing more will come', async () => {
      const source = new FakeLog(numbered(100));
      source.running = true;
      await show(source, { running: false });
      await pass(5000);
      source.grow(numbered(1, 101));
      source.running = false;
      await pass(5000);
      const asked = source.requests.length;
      expect(asked).toBeGreaterThan(2);
      await pass(60_000);
      expect(source.requests).toHaveLength(asked);
    });
  });
});
