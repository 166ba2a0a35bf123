import { Unsupported } from '../groovy/errors';
import { Scope, toText } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { inStage } from '../steps/stage';
import { invokeStep } from '../steps/invoke';
import { ToolsModel } from './model';
import { runStep } from './runStep';
import { table } from '../groovy/table';

const HOME_VARIABLES = table<string>({
  ant: 'ANT_HOME',
  gradle: 'GRADLE_HOME',
  jdk: 'JAVA_HOME',
  maven: 'MAVEN_HOME',
});

async function toolVariables(
  ctx: Ctx,
  tools: readonly ToolsModel['tools'][number][],
  scope: Scope,
): Promise<string[]> {
  const { run } = ctx;
  const pairs: string[] = [];
  for (const { name: type, value } of tools) {
    const wanted = toText(await run.interpreter.evaluate(value, scope, ctx));
    const found = run.request.services.tools?.find(
      tool => tool.type === type && tool.name === wanted,
    );
    if (!found) {
      throw new Unsupported(
        `the tool ${type} "${wanted}", which is not installed,`,
      );
    }
    await invokeStep(
      {
        name: 'tool',
        title: 'Use a tool from a predefined Tool Installation',
        parameters: {},
        async run() {
          return found.home;
        },
      },
      [],
      ctx,
    );
    const home = HOME_VARIABLES[type];
    pairs.push(
      ...(home ? [`${home}=${found.home}`] : []),
      ...(type === 'maven' ? [`M2_HOME=${found.home}`] : []),
      ...Object.entries(found.env ?? {}).map(
        ([name, text]) => `${name}=${text}`,
      ),
      `PATH+${type.toUpperCase()}=${found.home}/bin`,
    );
  }
  return pairs;
}

/** Runs a body with the tools of a section on its PATH; a stage's tools win over those around. */
export async function withTools(
  ctx: Ctx,
  own: ToolsModel | undefined,
  around: ToolsModel | undefined,
  agent: boolean,
  scope: Scope,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  const mine = own?.tools ?? [];
  const inherited = (around?.tools ?? []).filter(
    tool => !mine.some(other => other.name === tool.name),
  );
  const tools = [...mine, ...inherited];
  if (tools.length === 0 || !agent) {
    await body(ctx);
    return;
  }
  const pairs = ctx.run.graph.insideStage(ctx.nodeId)
    ? await toolVariables(ctx, tools, scope)
    : await inStage(
        ctx,
        'Declarative: Tool Install',
        inner => toolVariables(inner, tools, scope),
        true,
      );
  await runStep('withEnv', [pairs], ctx, body);
}
