const BYTES = 16;

/** A key that makes a repeated request start nothing new. `crypto.randomUUID` would need a secure context. */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
