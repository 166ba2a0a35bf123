import { literalText } from './match';
import { AxisModel, MatrixModel, StageModel, StagesModel } from './model';

type Cell = Readonly<Record<string, string>>;

function valuesOf(axis: AxisModel): string[] {
  return axis.values.map(value =>
    value.kind === 'constant'
      ? String(value.value)
      : (literalText(value) ?? ''),
  );
}

/** Every combination of the axes' values; the first axis changes fastest. */
function combinations(axes: readonly AxisModel[]): Cell[] {
  return axes.reduce<Cell[]>(
    (cells, axis) => {
      const name = axis.name?.text ?? '';
      return valuesOf(axis).flatMap(value =>
        cells.map(cell => ({ ...cell, [name]: value })),
      );
    },
    [{}],
  );
}

/** Whether all axes of an exclude apply to a cell. */
function excluded(cell: Cell, axes: readonly AxisModel[]): boolean {
  return axes.every(axis => {
    const value = cell[axis.name?.text ?? ''];
    return (
      value !== undefined && valuesOf(axis).includes(value) !== axis.inverse
    );
  });
}

/** The stages that a matrix unfolds into, one for each cell that no exclude takes away. */
export function matrixStages(matrix: MatrixModel): StagesModel {
  const { axes, excludes, stages, ...shared } = matrix;
  const cells = combinations(axes?.axes ?? []).filter(
    cell => !excludes?.list.some(exclude => excluded(cell, exclude.axes)),
  );
  return {
    start: matrix.start,
    end: matrix.end,
    stages: cells.map((cell): StageModel => {
      const label = Object.entries(cell).map(
        ([name, value]) => `${name} = '${value}'`,
      );
      return {
        ...shared,
        name: `Matrix - ${label.join(', ')}`,
        failFast: false,
        stages,
        cell,
      };
    }),
  };
}
