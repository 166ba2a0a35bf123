import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { useState } from 'react';
import { YamlEditor } from './YamlEditor';

function Editing(props: { start: string }) {
  const [text, setText] = useState(props.start);
  return (
    <>
      <YamlEditor label="Manifest of shop" value={text} onChange={setText} />
      <button type="button" onClick={() => setText('kind: Service\n')}>
        Change
      </button>
      <output aria-label="text">{text}</output>
    </>
  );
}

describe('the editor of YAML', () => {
  it('has a name, shows the text and takes another from outside', async () => {
    renderInTestApp(<Editing start="kind: Deployment" />);
    const editor = await screen.findByRole('textbox', {
      name: 'Manifest of shop',
    });
    expect(editor).toHaveTextContent('kind: Deployment');
    await userEvent.click(screen.getByRole('button', { name: 'Change' }));
    await waitFor(() => expect(editor).toHaveTextContent('kind: Service'));
  });

  it('lists mistakes with their lines, and those that others found', async () => {
    renderInTestApp(
      <YamlEditor
        label="Manifest of shop"
        value={'a: 1\na: 2\n'}
        problems={[
          { message: 'image is missing', line: 1, severity: 'warning' },
        ]}
      />,
    );
    const list = await screen.findByRole('list', {
      name: 'Problems in the text',
    });
    expect(list).toHaveTextContent('Line 2 The key a stands here twice.');
    expect(list).toHaveTextContent('Line 1 image is missing');
  });

  it('cannot be changed when it is for reading', async () => {
    renderInTestApp(<YamlEditor label="Manifest of shop" value="a: 1" />);
    expect(
      await screen.findByRole('textbox', { name: 'Manifest of shop' }),
    ).toHaveAttribute('aria-readonly', 'true');
  });
});
