/** A user error, as `hudson.model.Failure`: 400 with the text in `X-Error`. */
export class Failure extends Error {}

/** What the stand-in does not do; answered with 501 and this text. */
export class NotSupported extends Error {}
