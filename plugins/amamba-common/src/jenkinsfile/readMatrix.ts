import {
  AxesModel,
  AxisModel,
  ExcludesModel,
  MethodArgumentModel,
} from './model';
import { literalName, passedArguments, ReadContext } from './readContext';
import { onlyOnce, sectionBlock } from './readSections';
import { readMethod } from './readValues';
import { Statement } from './groovy/syntax';

/** `excludes { exclude { … } }`. */
export function readExcludes(
  context: ReadContext,
  statement: Statement,
): ExcludesModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'excludes');
  const excludes = block
    ? context.eachStatement(block.closure, inner =>
        readAxes(context, inner, 'exclude'),
      )
    : [];
  return { excludes, start, end };
}

/** The `axis` blocks of `axes` or of one `exclude`. Jenkins takes any block there for an axis. */
export function readAxes(
  context: ReadContext,
  statement: Statement,
  section: 'axes' | 'exclude',
): AxesModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, section);
  const axes = block
    ? context.eachStatement(block.closure, inner =>
        readAxis(context, inner, section === 'exclude'),
      )
    : [];
  return { axes, start, end };
}

function readAxis(
  context: ReadContext,
  statement: Statement,
  excluded: boolean,
): AxisModel {
  const { start, end } = statement;
  const block = sectionBlock(context, statement, 'axis');
  const values: MethodArgumentModel[] = [];
  let name: string | undefined;
  let inverse: true | undefined;
  const once = onlyOnce(context);
  const seen = new Set<string>();
  if (block) {
    context.eachStatement(block.closure, inner => {
      const call = context.callOf(inner);
      if (!call) {
        context.report(
          inner,
          'invalidSection',
          context.statementText(statement),
        );
        return undefined;
      }
      const method = readMethod(context, call);
      once(method.name, inner);
      seen.add(method.name);
      if (method.name === 'name') {
        name = readAxisName(context, inner) ?? name;
      } else if (
        method.name === 'values' ||
        (excluded && method.name === 'notValues')
      ) {
        if (seen.has('values') && seen.has('notValues')) {
          context.report(inner, 'valuesOrNotValues');
        }
        inverse = method.name === 'notValues' ? true : inverse;
        method.arguments.forEach(value => values.push(value));
      } else {
        context.report(inner, 'undefinedSection', method.name);
      }
      return undefined;
    });
  }
  return { name, values, inverse, start, end };
}

/** The name may be empty here: that is a fault of another kind. */
function readAxisName(
  context: ReadContext,
  statement: Statement,
): string | undefined {
  const call = context.callOf(statement);
  const passed = call ? passedArguments(call) : [];
  if (passed.length !== 1) {
    const fault =
      passed.length === 0 ? 'noArgumentForField' : 'tooManyArgumentsForField';
    context.report(statement, fault, 'name');
    return undefined;
  }
  const [only] = passed;
  const name =
    only.kind === 'expression' ? literalName(only.expression) : undefined;
  if (name === undefined) {
    context.report(statement, 'expectedStringLiteral');
  }
  return name ?? '';
}
