import {
  Content,
  EmptyState,
  Page,
  ProxiedSignInPage,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import {
  Avatar,
  List,
  ListItem,
  ListItemAvatar,
  ListItemText,
  Paper,
  Typography,
} from '@material-ui/core';
import { useState } from 'react';

const STORAGE_KEY = 'sandbox-user';

/** Lets a developer choose who to be. The backend refuses it outside of development. */
export function SandboxSignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const users = config.getOptionalConfigArray('app.sandbox.users') ?? [];
  // A reload keeps the user; signing out goes through a fresh page, which clears it.
  const [chosen, setChosen] = useState<string | undefined>(
    () => sessionStorage.getItem(STORAGE_KEY) ?? undefined,
  );

  if (chosen) {
    return (
      <ProxiedSignInPage
        {...props}
        provider="sandbox"
        headers={{ 'x-sandbox-user': chosen }}
        onSignInSuccess={identity =>
          props.onSignInSuccess({
            getProfileInfo: () => identity.getProfileInfo(),
            getBackstageIdentity: () => identity.getBackstageIdentity(),
            getCredentials: () => identity.getCredentials(),
            signOut: async () => {
              sessionStorage.removeItem(STORAGE_KEY);
              await identity.signOut();
            },
          })
        }
      />
    );
  }
  if (users.length === 0) {
    return (
      <EmptyState
        missing="content"
        title="No way to sign in"
        description="Start the portal with npm start, or configure an auth provider and its sign-in page."
      />
    );
  }
  const choose = (ref: string) => {
    sessionStorage.setItem(STORAGE_KEY, ref);
    setChosen(ref);
  };
  return (
    <Page themeId="home">
      <Content>
        <Typography variant="h1" gutterBottom>
          Sign in to the sandbox
        </Typography>
        <Typography paragraph>
          Each of these sample users may do something else. There is no
          password: this works on a development machine only.
        </Typography>
        <Paper style={{ maxWidth: 480 }}>
          <List aria-label="Sample users">
            {users.map(user => (
              <ListItem
                key={user.getString('ref')}
                button
                component="button"
                onClick={() => choose(user.getString('ref'))}
              >
                <ListItemAvatar>
                  <Avatar aria-hidden>
                    {user.getString('name').slice(0, 1)}
                  </Avatar>
                </ListItemAvatar>
                <ListItemText
                  primary={user.getString('name')}
                  secondary={user.getString('about')}
                />
              </ListItem>
            ))}
          </List>
        </Paper>
      </Content>
    </Page>
  );
}
