import { download, fileName } from './download';

describe('fileName', () => {
  it.each([
    ['target/shop-1.4.2.jar', 'shop-1.4.2.jar'],
    ['a/../..', 'download'],
    ['', 'download'],
    ['con<>:"|?*\\x', 'con________x'],
    ['新しい.txt', '新しい.txt'],
  ])('takes %j for %j', (path, name) => {
    expect(fileName(path)).toBe(name);
  });
});

describe('download', () => {
  const clicked: { href: string; name: string }[] = [];
  beforeEach(() => {
    clicked.length = 0;
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        clicked.push({ href: this.href, name: this.download });
      });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });

  const responseOf = (text: string) => {
    const response: Partial<Response> = {
      blob: async () => new Blob([text]),
      body: { pipeTo: jest.fn(async () => undefined) } as Partial<
        ReadableStream<Uint8Array<ArrayBuffer>>
      > as ReadableStream<Uint8Array<ArrayBuffer>>,
    };
    return response as Response;
  };

  it('saves a small file through an address of its own', async () => {
    expect(
      await download(async () => responseOf('x'), {
        name: 'a.txt',
        sizeBytes: 1,
      }),
    ).toBe(true);
    expect(clicked).toEqual([{ href: 'blob:x', name: 'a.txt' }]);
  });

  it('writes a large file as it comes, where the browser can', async () => {
    const createWritable = jest.fn(async () => 'disk');
    const picker = jest.fn(async () => ({ createWritable }));
    Object.assign(window, { showSaveFilePicker: picker });
    const response = responseOf('x');
    await download(async () => response, { name: 'big.iso', sizeBytes: 1e9 });
    expect(picker).toHaveBeenCalledWith({ suggestedName: 'big.iso' });
    expect(response.body?.pipeTo).toHaveBeenCalledWith('disk');
    expect(clicked).toEqual([]);
  });

  it('asks for nothing when the dialog was closed', async () => {
    Object.assign(window, {
      showSaveFilePicker: jest.fn(async () => {
        throw new DOMException('closed', 'AbortError');
      }),
    });
    const open = jest.fn();
    expect(await download(open, { name: 'big.iso', sizeBytes: 1e9 })).toBe(
      false,
    );
    expect(open).not.toHaveBeenCalled();
  });
});
