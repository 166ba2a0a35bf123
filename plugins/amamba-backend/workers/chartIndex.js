// @ts-check
/**
 * Reads the index of a chart repository in a thread of its own: what is long or made to hurt neither holds up the portal nor takes its
 * memory. Keeps what lists and forms show.
 */
const { parentPort, workerData } = require('node:worker_threads');
const yaml = require('js-yaml');
const semver = require('semver');

const MAX_CHARTS = 5_000;
const MAX_VERSIONS = 300;
const CHART = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/;
const VERSION = /^v?[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/;

/** @param {unknown} value @param {number} length @returns {string | undefined} */
const text = (value, length) =>
  typeof value === 'string' && value !== ''
    ? value.slice(0, length)
    : undefined;

/** @param {unknown} value @returns {string | undefined} */
function instant(value) {
  const at =
    value instanceof Date ? value.getTime() : Date.parse(String(value ?? ''));
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** @param {any} entry */
function slim(entry) {
  const keywords = Array.isArray(entry.keywords) ? entry.keywords : [];
  return {
    version: String(entry.version),
    // a version such as 1.10 without quotes is a number to YAML
    appVersion:
      entry.appVersion === undefined || entry.appVersion === null
        ? undefined
        : String(entry.appVersion).slice(0, 100),
    description: text(entry.description, 500),
    deprecated: entry.deprecated === true,
    keywords: keywords
      .filter(word => typeof word === 'string')
      .slice(0, 20)
      .map(word => word.slice(0, 50)),
    created: instant(entry.created),
    digest: text(entry.digest, 100),
    url: text(Array.isArray(entry.urls) ? entry.urls[0] : undefined, 2000),
  };
}

/** @param {string} source */
function read(source) {
  const index = source.trimStart().startsWith('{')
    ? JSON.parse(source)
    : yaml.load(source, { schema: yaml.CORE_SCHEMA });
  if (typeof index !== 'object' || index === null) return undefined;
  const { entries } = /** @type {any} */ (index);
  if (typeof entries !== 'object' || entries === null) return undefined;
  const charts = Object.entries(entries)
    .filter(([name, versions]) => CHART.test(name) && Array.isArray(versions))
    .slice(0, MAX_CHARTS);
  return charts.flatMap(([name, versions]) => {
    const usable = /** @type {any[]} */ (versions)
      .filter(
        entry =>
          typeof entry === 'object' &&
          entry !== null &&
          VERSION.test(String(entry.version)) &&
          semver.valid(String(entry.version)),
      )
      .map(entry => ({ entry, order: semver.parse(String(entry.version)) }))
      .sort((a, b) =>
        semver.rcompare(
          /** @type {import('semver').SemVer} */ (a.order),
          /** @type {import('semver').SemVer} */ (b.order),
        ),
      )
      .slice(0, MAX_VERSIONS)
      .map(({ entry }) => slim(entry));
    return usable.length > 0 ? [{ name, versions: usable }] : [];
  });
}

try {
  parentPort?.postMessage({ charts: read(workerData) });
} catch (error) {
  const { message } = /** @type {Error} */ (error);
  parentPort?.postMessage({ problem: message.split('\n')[0].slice(0, 300) });
}
