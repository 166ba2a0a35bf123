import { constants } from '../beans/common';
import { ALWAYS, Bean } from '../beans/export';
import { itemBeans } from '../beans/jobBeans';
import type { Exchange } from '../http/exchange';
import { HttpError, page, redirect } from '../http/reply';
import type { Route } from '../http/routes';
import { CRUMB_FIELD } from '../http/auth';
import { PERMISSION } from '../http/users';
import type { Folder } from '../model/Item';
import { apiJson, contextOf } from './model';
import { PLUGINS } from './plugins';

function rootBean(root: Folder, exchange: Exchange): Bean {
  const { jenkins } = exchange;
  const context = contextOf(exchange);
  const view = () =>
    constants('hudson.model.AllView', 2, {
      name: 'all',
      url: context.toUrl(''),
    });
  return new Bean('hudson.model.Hudson', {
    assignedLabels: [1, () => [constants(undefined, 1, { name: 'built-in' })]],
    mode: [1, () => 'NORMAL'],
    nodeDescription: [1, () => "the Jenkins controller's built-in node"],
    nodeName: [1, () => ''],
    numExecutors: [1, () => jenkins.agents.options.executors],
    description: [1, () => root.description],
    jobs: [1, () => itemBeans(root, context)],
    overallLoad: [1, () => new Bean(undefined, {})],
    primaryView: [1, view],
    quietDownReason: [1, () => null],
    quietingDown: [1, () => jenkins.queue.quietingDown],
    slaveAgentPort: [1, () => -1],
    unlabeledLoad: [
      1,
      () => new Bean('jenkins.model.UnlabeledLoadStatistics', {}),
    ],
    url: [1, () => jenkins.rootUrl],
    useCrumbs: [1, () => true],
    useSecurity: [1, () => true],
    views: [1, () => [view()]],
  });
}

function computerBean(exchange: Exchange): Bean {
  const { agents } = exchange.jenkins;
  const context = contextOf(exchange);
  const names = agents.labels.map(name => constants(undefined, 2, { name }));
  return new Bean('hudson.model.Hudson$MasterComputer', {
    actions: [1, () => []],
    assignedLabels: [1, () => names],
    description: [1, () => "the Jenkins controller's built-in node"],
    displayName: [2, () => 'Built-In Node'],
    executors: [
      1,
      () =>
        agents.executors.map((task, number) =>
          constants(undefined, 2, {
            currentExecutable:
              task &&
              constants(
                'org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask$PlaceholderExecutable',
                2,
                {
                  number: task.build.number,
                  url: context.toUrl(task.build.url),
                },
              ),
            idle: !task,
            number,
          }),
        ),
    ],
    icon: [1, () => 'symbol-computer'],
    idle: [1, () => agents.executors.every(task => !task)],
    jnlpAgent: [1, () => false],
    launchSupported: [1, () => true],
    manualLaunchAllowed: [1, () => true],
    numExecutors: [1, () => agents.options.executors],
    offline: [1, () => false],
    offlineCause: [1, () => null],
    offlineCauseReason: [1, () => ''],
    temporarilyOffline: [1, () => false],
  });
}

function whoAmI({ caller }: Exchange): Bean {
  const authorities = caller.anonymous ? ['anonymous'] : ['authenticated'];
  return constants('hudson.security.WhoAmI', 1, {
    anonymous: caller.anonymous,
    authenticated: true,
    authorities,
    details: null,
    name: caller.id,
    toString: caller.id,
  });
}

function userBean(exchange: Exchange): Bean {
  const { caller, jenkins } = exchange;
  return constants('hudson.model.User', 1, {
    absoluteUrl: `${jenkins.rootUrl}user/${encodeURIComponent(caller.id)}`,
    description: null,
    fullName: caller.fullName,
    id: caller.id,
    property: [],
  });
}

/** Paths that somebody without Overall/Read may see. */
export const UNPROTECTED = [
  'login',
  'whoAmI',
  'git',
  'generic-webhook-trigger',
];

export const rootRoutes: Route<Folder>[] = [
  { method: 'GET', path: '', handle: () => page(200, 'Dashboard') },
  { method: 'GET', path: 'login', handle: () => page(200, 'Sign in') },
  {
    method: 'ANY',
    path: 'api/json',
    handle: (root, exchange) => apiJson(exchange, rootBean(root, exchange)),
  },
  {
    method: 'GET',
    path: 'crumbIssuer/api/json',
    handle: (_root, exchange) =>
      apiJson(
        exchange,
        constants('hudson.security.csrf.DefaultCrumbIssuer', ALWAYS, {
          crumb: exchange.crumb,
          crumbRequestField: CRUMB_FIELD,
        }),
      ),
  },
  {
    method: 'GET',
    path: 'whoAmI/api/json',
    handle: (_root, exchange) => apiJson(exchange, whoAmI(exchange)),
  },
  {
    method: 'GET',
    path: 'me/api/json',
    handle: (_root, exchange) => apiJson(exchange, userBean(exchange)),
  },
  {
    method: 'GET',
    path: 'user/:id/api/json',
    handle(_root, exchange, { id }) {
      if (id !== exchange.caller.id) throw new HttpError(404, `No user ${id}`);
      return apiJson(exchange, userBean(exchange));
    },
  },
  {
    method: 'GET',
    path: 'pluginManager/api/json',
    permission: PERMISSION.administer,
    handle: (_root, exchange) =>
      apiJson(
        exchange,
        new Bean('hudson.LocalPluginManager', {
          plugins: [
            1,
            () => PLUGINS.map(plugin => constants(undefined, 1, { ...plugin })),
          ],
        }),
      ),
  },
  {
    method: 'GET',
    path: 'computer/api/json',
    handle(_root, exchange) {
      const { agents } = exchange.jenkins;
      const busy = agents.executors.filter(Boolean).length;
      return apiJson(
        exchange,
        new Bean('hudson.model.ComputerSet', {
          busyExecutors: [1, () => busy],
          computer: [1, () => [computerBean(exchange)], 'inline'],
          displayName: [1, () => 'Nodes'],
          totalExecutors: [1, () => agents.options.executors],
        }),
      );
    },
  },
  ...['(master)', '(built-in)'].map((name): Route<Folder> => ({
    method: 'GET',
    path: `computer/${name}/api/json`,
    handle: (_root, exchange) => apiJson(exchange, computerBean(exchange)),
  })),
  ...(['quietDown', 'cancelQuietDown'] as const).map((path): Route<Folder> => ({
    method: 'POST',
    path,
    permission: PERMISSION.administer,
    handle(_root, { jenkins }) {
      jenkins.queue.quietingDown = path === 'quietDown';
      jenkins.queue.maintain();
      return redirect(jenkins.rootUrl);
    },
  })),
  ...(['safeRestart', 'restart'] as const).map((path): Route<Folder> => ({
    method: 'POST',
    path,
    permission: PERMISSION.administer,
    handle(_root, exchange) {
      exchange.restart(path === 'safeRestart');
      return redirect(exchange.jenkins.rootUrl);
    },
  })),
];
