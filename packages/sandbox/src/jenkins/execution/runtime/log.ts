import { StringDecoder } from 'string_decoder';
import type { Ctx } from './context';

/** A line longer than this is broken, so that output without line ends cannot fill the memory. */
const MAX_LINE = 64 * 1024;

/** Escapes a secret for a regular expression. */
function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * A pattern for all forms in which a secret may appear, or undefined without secrets. Each line of a secret with
 * several lines is a secret, since the log is masked line by line.
 */
function secretPattern(secrets: readonly string[]): RegExp | undefined {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const line of secret.split(/\r?\n/)) {
      if (line.trim() !== '') {
        forms.add(line);
        // As `sh -x` prints it when it needs quotes.
        forms.add(`'${line.replaceAll("'", "'\\''")}'`);
        forms.add(line.replaceAll("'", "'\\''"));
        forms.add(line.replaceAll("'", `'"'"'`));
      }
    }
  }
  if (forms.size === 0) {
    return undefined;
  }
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(quote).join('|'), 'g');
}

/** Replaces every secret by `****`. */
export function mask(text: string, secrets: readonly string[]): string {
  const pattern = secretPattern(secrets);
  return pattern ? text.replace(pattern, '****') : text;
}

/** Turns the output of one step into whole, masked lines of the log. */
export class LineLog {
  private readonly decoder = new StringDecoder('utf8');
  private readonly pattern: RegExp | undefined;
  private readonly longestSecret: number;
  private buffered = '';

  private readonly ctx: Ctx;
  private readonly nodeId: string | undefined;

  constructor(ctx: Ctx, nodeId: string | undefined) {
    this.ctx = ctx;
    this.nodeId = nodeId;

    this.pattern = secretPattern(ctx.secrets);
    this.longestSecret = Math.max(0, ...ctx.secrets.map(s => s.length * 2));
  }

  write(chunk: Buffer | string): void {
    this.buffered +=
      typeof chunk === 'string' ? chunk : this.decoder.write(chunk);
    const end = this.buffered.lastIndexOf('\n');
    if (end >= 0) {
      this.emit(this.buffered.slice(0, end + 1));
      this.buffered = this.buffered.slice(end + 1);
    }
    while (this.buffered.length > MAX_LINE + this.longestSecret) {
      // Masked before it is cut, so that no secret is cut in two.
      const masked = this.masked(this.buffered);
      this.emit(`${masked.slice(0, MAX_LINE)}\n`);
      this.buffered = masked.slice(MAX_LINE);
    }
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** Writes out what has no line end yet. */
  end(): void {
    this.buffered += this.decoder.end();
    if (this.buffered) {
      this.emit(`${this.buffered}\n`);
      this.buffered = '';
    }
  }

  private masked(text: string): string {
    return this.pattern ? text.replace(this.pattern, '****') : text;
  }

  private emit(text: string): void {
    const masked = this.masked(text.replaceAll('\r\n', '\n'));
    const stamped = this.ctx.timestamps
      ? masked.replace(/^(?=.|\n)/gm, stamp())
      : masked;
    this.ctx.run.write(stamped, this.nodeId);
  }
}

function stamp(): string {
  return `[${new Date().toISOString()}] `;
}
