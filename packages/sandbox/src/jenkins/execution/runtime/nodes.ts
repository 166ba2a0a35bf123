import { mkdir } from 'fs/promises';
import { isAbsolute, resolve } from 'path';
import type { Agent, Ctx } from './context';

/** A workspace beside which `@tmp` folders lie. */
export function temporaryFolder(agent: Agent): string {
  return `${agent.workspace}@tmp`;
}

function workspaceEnv(workspace: string): Record<string, string> {
  return { WORKSPACE: workspace, WORKSPACE_TMP: `${workspace}@tmp` };
}

/** Waits for an executor with this label (none, or empty: any). */
export async function allocateNode(
  ctx: Ctx,
  label: string | undefined,
): Promise<{ agent: Agent; release: () => void }> {
  const { services } = ctx.run.request;
  const lease = await ctx.thread.leaf(signal =>
    services.acquireAgent(label || undefined, signal),
  );
  try {
    await mkdir(lease.workspace, { recursive: true });
  } catch (error) {
    lease.release();
    throw error;
  }
  const agent: Agent = {
    name: lease.name,
    labels: lease.labels,
    workspace: lease.workspace,
    env: {
      ...lease.env,
      NODE_NAME: lease.name,
      NODE_LABELS: lease.labels.join(' '),
      EXECUTOR_NUMBER: '0',
      ...workspaceEnv(lease.workspace),
    },
  };
  return { agent, release: () => lease.release() };
}

/** The same machine with another workspace; a relative path is meant from the folder of the workspaces. */
export async function customWorkspace(ctx: Ctx, path: string): Promise<Agent> {
  const agent = ctx.agent as Agent;
  const workspace = isAbsolute(path)
    ? path
    : resolve(agent.workspace, '..', path);
  await mkdir(workspace, { recursive: true });
  return {
    ...agent,
    workspace,
    env: { ...agent.env, ...workspaceEnv(workspace) },
  };
}
