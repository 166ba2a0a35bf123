import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('offers the sample users of the configuration', async () => {
    // What the bundler puts in; it is no string, so the types of process.env do not fit.
    Reflect.set(process, 'env', {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: {
              title: 'Test',
              sandbox: {
                users: [
                  { ref: 'user:default/ann', name: 'Ann', about: 'admin' },
                ],
              },
            },
            backend: { baseUrl: 'http://localhost:7007' },
          },
          context: 'test',
        },
      ],
    });

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: /Ann/ }, { timeout: 10_000 }),
    ).toBeVisible();
  }, 20_000);
});
