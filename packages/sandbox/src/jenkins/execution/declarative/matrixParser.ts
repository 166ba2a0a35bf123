import { Statement } from '../groovy/ast';
import { ErrorCollector } from './collector';
import { callOf, literalText, nameOf } from './match';
import {
  AxesModel,
  AxisModel,
  MatrixModel,
  StageSections,
  StagesModel,
} from './model';
import { statementsOf } from './sectionBlock';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function parseAxis(
  statement: Statement,
  errors: ErrorCollector,
  inExclude: boolean,
): AxisModel {
  const axis: Mutable<AxisModel> = {
    values: [],
    inverse: false,
    start: statement.start,
    end: statement.end,
  };
  const seen = new Set<string>();
  for (const line of statementsOf(statement, 'axis', errors) ?? []) {
    const call = callOf(line);
    if (!call) {
      errors.error(
        line,
        `Not a valid section definition: "${errors.source(line)}". Some extra configuration is required.`,
      );
      continue;
    }
    const name = nameOf(call, errors);
    if (seen.has(name)) {
      errors.error(line, `Multiple occurrences of the ${name} section`);
    }
    seen.add(name);
    if (name === 'name') {
      const [first, ...more] = call.args;
      if (!first) {
        errors.error(line, 'No argument for field "name"');
      } else if (more.length > 0) {
        errors.error(line, 'Too many arguments for field "name"');
      } else {
        const text = literalText(first);
        if (text === undefined) {
          errors.error(first, 'Expected string literal');
        }
        axis.name = { text: text ?? '', start: first.start, end: first.end };
      }
    } else if (name === 'values' || (name === 'notValues' && inExclude)) {
      if (seen.has('values') && seen.has('notValues')) {
        errors.error(
          line,
          'Exclude axis must contain either "values" or "notValues"',
        );
      }
      axis.inverse = name === 'notValues';
      axis.values = [...axis.values, ...call.args];
    } else {
      errors.error(line, `Undefined section "${name}"`);
    }
  }
  return axis;
}

function parseAxes(
  statement: Statement,
  section: string,
  errors: ErrorCollector,
  inExclude: boolean,
): AxesModel {
  const lines = statementsOf(statement, section, errors) ?? [];
  return {
    axes: lines.map(line => parseAxis(line, errors, inExclude)),
    start: statement.start,
    end: statement.end,
  };
}

/** Parses `matrix { … }`. */
export function parseMatrix(
  statement: Statement,
  errors: ErrorCollector,
  parseStages: (
    statement: Statement,
    section: string,
    errors: ErrorCollector,
  ) => StagesModel,
  parseShared: (
    into: Mutable<StageSections>,
    name: string,
    statement: Statement,
    errors: ErrorCollector,
  ) => boolean,
): MatrixModel {
  const matrix: Mutable<MatrixModel> = {
    start: statement.start,
    end: statement.end,
  };
  const seen = new Set<string>();
  for (const line of statementsOf(statement, 'matrix', errors) ?? []) {
    const call = callOf(line);
    if (!call) {
      errors.error(
        line,
        `Not a valid section definition: "${errors.source(line)}". Some extra configuration is required.`,
      );
      continue;
    }
    const name = nameOf(call, errors);
    if (seen.has(name)) {
      errors.error(line, `Multiple occurrences of the ${name} section`);
    }
    seen.add(name);
    if (parseShared(matrix, name, line, errors)) {
      continue;
    }
    if (name === 'axes') {
      matrix.axes = parseAxes(line, 'axes', errors, false);
    } else if (name === 'excludes') {
      const list = (statementsOf(line, 'excludes', errors) ?? []).map(exclude =>
        parseAxes(exclude, 'exclude', errors, true),
      );
      matrix.excludes = { list, start: line.start, end: line.end };
    } else if (name === 'stages') {
      matrix.stages = parseStages(line, 'stages', errors);
    } else {
      errors.error(line, `Undefined section "${name}"`);
    }
  }
  return matrix;
}
