import { Transform, type TransformCallback } from 'stream';

const CR = 0x0d;
const LF = 0x0a;

/**
 * Turns CR LF into LF: Jenkins writes logs with LF and sends them with CR LF, for the sake of browsers long gone. Other
 * CRs, by which tools redraw a line, are kept.
 */
export class LineEnds extends Transform {
  /** whether the last byte was a CR, which is not passed on yet */
  #isHeld = false;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    const output = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    let isHeld = this.#isHeld;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (isHeld && byte !== LF) output[length++] = CR;
      isHeld = byte === CR;
      if (!isHeld) output[length++] = byte;
    }
    this.#isHeld = isHeld;
    callback(null, output.subarray(0, length));
  }

  override _flush(callback: TransformCallback): void {
    callback(null, this.#isHeld ? Buffer.of(CR) : undefined);
  }
}
