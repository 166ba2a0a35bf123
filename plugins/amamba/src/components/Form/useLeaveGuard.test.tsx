import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { useState } from 'react';
import {
  BrowserRouter,
  Link,
  Route,
  Routes,
  useNavigate,
} from 'react-router-dom';
import { useLeaveGuard } from './useLeaveGuard';

function Form() {
  const [text, setText] = useState('');
  const guard = useLeaveGuard(text !== '');
  const navigate = useNavigate();
  return (
    <>
      <input
        aria-label="Text"
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <button onClick={() => guard.leave('/saved')}>Save</button>
      <button onClick={() => navigate(-1)}>Cancel</button>
      <Link to="/other">Other</Link>
      <Link to="#below">Below</Link>
      {guard.dialog}
    </>
  );
}

const STAY = 'Keep editing';
const GO = 'Discard and leave';
const path = () => window.location.pathname + window.location.hash;
const click = (name: string, role = 'button') =>
  userEvent.click(screen.getByRole(role, { name }));
const input = () => screen.getByRole('textbox', { name: 'Text' });
const question = () => screen.queryByRole('dialog');
const asked = () =>
  screen.findByRole('dialog', { name: 'Leave without saving?' });
const goBack = () => act(async () => window.history.back());

/** Whether the browser would ask before the tab is closed. */
function asksBeforeUnload(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

describe.each(['/', '/portal'])('a form in a portal at %s', basename => {
  const prefix = basename === '/' ? '' : basename;

  beforeEach(async () => {
    window.history.replaceState(null, '', `${prefix}/start`);
    render(
      <TestApiProvider
        apis={[
          [translationApiRef, mockApis.translation()],
          [errorApiRef, mockApis.error()],
        ]}
      >
        <BrowserRouter basename={basename}>
          <Routes>
            <Route path="/start" element={<Link to="/form">Begin</Link>} />
            <Route path="/form" element={<Form />} />
            <Route path="*" element={<p>Elsewhere</p>} />
          </Routes>
        </BrowserRouter>
      </TestApiProvider>,
    );
    await click('Begin', 'link');
  });

  it('is left without a question while nothing was entered', async () => {
    expect(asksBeforeUnload()).toBe(false);
    await click('Other', 'link');
    expect(screen.getByText('Elsewhere')).toBeInTheDocument();
  });

  it('is left without a question when it is as it was before', async () => {
    await userEvent.type(input(), 'x');
    await userEvent.clear(input());
    await click('Other', 'link');
    expect(screen.getByText('Elsewhere')).toBeInTheDocument();
  });

  it('asks before a link is followed, and stays or goes', async () => {
    await userEvent.type(input(), 'precious');
    expect(asksBeforeUnload()).toBe(true);
    await click('Other', 'link');
    expect(await asked()).toHaveTextContent('What you entered here is lost.');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: STAY })).toHaveFocus(),
    );
    await click(STAY);
    await waitFor(() => expect(question()).not.toBeInTheDocument());
    expect(input()).toHaveValue('precious');
    expect(path()).toBe(`${prefix}/form`);

    await click('Other', 'link');
    await asked();
    await click(GO);
    expect(await screen.findByText('Elsewhere')).toBeInTheDocument();
    expect(path()).toBe(`${prefix}/other`);
    expect(asksBeforeUnload()).toBe(false);
  });

  it('asks before the way back is gone, and stays or goes', async () => {
    await userEvent.type(input(), 'precious');
    await goBack();
    await asked();
    await waitFor(() => expect(path()).toBe(`${prefix}/form`));
    await click(STAY);
    await waitFor(() => expect(question()).not.toBeInTheDocument());
    expect(input()).toHaveValue('precious');

    await goBack();
    await asked();
    await waitFor(() => expect(path()).toBe(`${prefix}/form`));
    await click(GO);
    expect(
      await screen.findByRole('link', { name: 'Begin' }),
    ).toBeInTheDocument();
    expect(path()).toBe(`${prefix}/start`);
  });

  it('asks once when a button leads back', async () => {
    await userEvent.type(input(), 'precious');
    await click('Cancel');
    await asked();
    await click(GO);
    expect(
      await screen.findByRole('link', { name: 'Begin' }),
    ).toBeInTheDocument();
    expect(question()).not.toBeInTheDocument();
  });

  it('does not ask when it was saved, nor on the way to a place on the page', async () => {
    await userEvent.type(input(), 'precious');
    await click('Below', 'link');
    expect(path()).toBe(`${prefix}/form#below`);
    expect(question()).not.toBeInTheDocument();
    await click('Save');
    expect(screen.getByText('Elsewhere')).toBeInTheDocument();
    expect(path()).toBe(`${prefix}/saved`);
  });
});
