/**
 * Gives every element a height for the tests of one file: jsdom lays nothing out, and a virtual list draws as many lines
 * as its box has room for.
 * @param height - in pixels
 */
export function giveElementsHeight(height: number): void {
  const before = Object.getOwnPropertyDescriptor(
    Element.prototype,
    'clientHeight',
  );
  beforeAll(() => {
    Object.defineProperty(Element.prototype, 'clientHeight', {
      configurable: true,
      value: height,
    });
  });
  afterAll(() => {
    if (before) {
      Object.defineProperty(Element.prototype, 'clientHeight', before);
    }
  });
}
