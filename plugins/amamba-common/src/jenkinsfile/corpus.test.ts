import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseJenkinsfile, printJenkinsfile } from './document';
import { toPipelineJson } from './json';
import { soleRequiredParameter } from './stepParameters';

const corpus = join(
  process.env.AMAMBA_CORPUS ??
    resolve(__dirname, '../../../../../shared/corpus'),
  'jenkins',
);
const upstream = join(corpus, 'pipeline-model-definition');
const present = existsSync(upstream);
if (!present) {
  // eslint-disable-next-line no-console
  console.warn(`Jenkinsfile corpus tests skipped: ${upstream} is missing`);
}
const withCorpus = present ? describe : describe.skip;

interface ValidList {
  roundTrip: { name: string; groovy: string; json: string }[];
  otherNonError: { name: string; groovy: string; looksDeclarative: boolean }[];
}
interface ErrorList {
  groovy: {
    name: string;
    file: string;
    level: string;
    contains: { text?: string; prefix?: string }[];
    notContains?: { text: string }[];
  }[];
}
interface StepMetadata {
  functionName: string;
  isBlockContainer?: boolean;
  parameters: { name: string; isRequired: boolean }[];
}

function read(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(read(...path));
}

function jenkinsfiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() &&
        /\.groovy$|\.jenkinsfile$|^Jenkinsfile/.test(entry.name),
    )
    .map(entry => join(entry.parentPath, entry.name));
}

/**
 * Jenkins' own test compares what it reads from both files of a pair, and two models of `when` are always equal there;
 * so two fixtures could stay wrong in a `when`. One has a script with another indentation than its Jenkinsfile. What
 * is expected here was checked with Jenkins' own parser.
 */
const WRONG_FIXTURES: Record<string, (json: string) => string> = {
  'when/conditions/changelog/changeset': json =>
    json.replace(
      '{"isLiteral":true,"value":".*\\\\.js"}',
      '[{"key":"pattern","value":{"isLiteral":true,"value":".*\\\\.js"}},{"key":"comparator","value":{"isLiteral":true,"value":"regexp"}}]',
    ),
  'when/whenEnv': json => json.replace('"value":"true"', '"value":true'),
  'agent/agentNoneWithNode': json =>
    json.replace(/\\n {20}( *)/g, (_, more) => `\\n${' '.repeat(24)}${more}`),
};

withCorpus('the Jenkinsfiles of other projects', () => {
  it('come out again byte for byte, and none stops the reader', () => {
    const files = jenkinsfiles(corpus);
    expect(files.length).toBeGreaterThan(300);
    for (const file of files) {
      const text = read(file);
      const document = parseJenkinsfile(text);
      expect([relative(corpus, file), printJenkinsfile(document)]).toEqual([
        relative(corpus, file),
        text,
      ]);
    }
  });

  it('are accepted when they are valid', () => {
    const list = readJson<ValidList>(upstream, 'valid.json');
    const faults: string[] = [];
    for (const { name, groovy } of [...list.roundTrip, ...list.otherNonError]) {
      const text = read(upstream, groovy);
      const { diagnostics, pipelines } = parseJenkinsfile(text);
      faults.push(...diagnostics.map(({ message }) => `${name}: ${message}`));
      expect([name, pipelines.length > 0]).toEqual([
        name,
        /^\s*pipeline\b/m.test(text) && !name.startsWith('libraries/scripted'),
      ]);
    }
    // These have a matrix without axes, which Jenkins refuses, too; its tests do not use them.
    expect(faults).toEqual(
      [
        'matrixStagesGroupsAndStages',
        'matrixStagesHaveStatusAndPost',
        'matrixStagesNestedInSequential',
      ].map(name => `matrix/${name}: Missing required section "axes"`),
    );
  });

  it('give the JSON that Jenkins gives', () => {
    const { roundTrip } = readJson<ValidList>(upstream, 'valid.json');
    for (const { name, groovy, json } of roundTrip) {
      const expected = JSON.stringify(readJson(upstream, json));
      expect([name, toPipelineJson(parseJenkinsfile(read(upstream, groovy)))])
        // prettier-ignore
        .toEqual([
          name,
          JSON.parse(WRONG_FIXTURES[name]?.(expected) ?? expected),
        ]);
    }
  });

  it('are refused, in the words of Jenkins, when their syntax or structure is wrong', () => {
    const { groovy } = readJson<ErrorList>(upstream, 'expected-errors.json');
    const levels = ['groovy-syntax', 'parse', 'static-validate'];
    const cases = groovy.filter(({ level }) => levels.includes(level));
    expect(cases.length).toBeGreaterThan(50);
    for (const { name, file, contains, notContains = [] } of cases) {
      const text = read(upstream, file);
      const { ok, diagnostics } = parseJenkinsfile(text);
      const shown = diagnostics
        // A build log shows the line of each fault, too.
        .map(({ message, start }) => `${message}\n${lineAt(text, start)}`)
        .join('\n');
      expect([name, ok]).toEqual([name, false]);
      const missing = contains
        .map(({ text: wanted = '', prefix = '' }) =>
          (wanted || prefix).replace(/\\'/g, "'"),
        )
        // That is how Groovy's compiler begins every report.
        .filter(wanted => !wanted.startsWith('MultipleCompilationErrors'))
        .filter(wanted => !shown.includes(wanted));
      expect([name, missing]).toEqual([name, []]);
      for (const unwanted of notContains) {
        expect(
          diagnostics.map(({ message }) => message).join('\n'),
        ).not.toContain(unwanted.text);
      }
    }
  });

  it('use steps whose sole parameter is the one that Jenkins tells', () => {
    const steps = readJson<StepMetadata[]>(
      ...[corpus, 'blueocean', 'editor', 'StepMetadata.json'],
    );
    for (const { functionName, isBlockContainer, parameters } of steps) {
      const required = parameters.filter(({ isRequired }) => isRequired);
      const sole = required.length === 1 ? required[0].name : undefined;
      expect([functionName, soleRequiredParameter(functionName, {})]).toEqual([
        functionName,
        isBlockContainer ? undefined : sole,
      ]);
    }
  });

  it('are still read when a part is missing, doubled or swapped', () => {
    const { roundTrip } = readJson<ValidList>(upstream, 'valid.json');
    for (const { groovy } of roundTrip) {
      const text = read(upstream, groovy);
      const pieces = text.split(/(\s+)/);
      for (let index = 0; index < pieces.length; index += 7) {
        const broken = [
          [...pieces.slice(0, index), ...pieces.slice(index + 1)],
          [...pieces.slice(0, index), pieces[index], ...pieces.slice(index)],
          [...pieces.slice(index), ...pieces.slice(0, index)],
        ];
        for (const mutant of broken.map(list => list.join(''))) {
          expect(printJenkinsfile(parseJenkinsfile(mutant))).toBe(mutant);
        }
      }
    }
  });
});

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start).split('\n', 1)[0];
}
