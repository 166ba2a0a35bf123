/** Larger files are written as they come, where the browser can; others are kept until they are whole. */
const STREAM_ABOVE_BYTES = 50 * 1024 * 1024;
/** Long enough for the browser to have taken the address. */
const REVOKE_MS = 60_000;

interface SaveHandle {
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

interface PickerWindow {
  showSaveFilePicker?: (options: {
    suggestedName: string;
  }) => Promise<SaveHandle>;
}

/** A name that every file system takes. */
export function fileName(path: string): string {
  const last = path.split('/').pop() ?? '';
  // eslint-disable-next-line no-control-regex
  const clean = last.replace(/[\u0000-\u001f<>:"|?*\\/]/g, '_');
  return /^\.*$/.test(clean) ? 'download' : clean;
}

/**
 * Saves what an operation streams. The user's token goes with the request, which a plain link could not do.
 * @param open - asks for the stream
 * @param options.sizeBytes - when known
 * @returns false when the reader closed the browser's dialog
 */
export async function download(
  open: () => Promise<Response>,
  options: { name: string; sizeBytes?: number },
): Promise<boolean> {
  const { name, sizeBytes = 0 } = options;
  const picker = (window as PickerWindow).showSaveFilePicker;
  if (picker && sizeBytes > STREAM_ABOVE_BYTES) {
    let handle: SaveHandle;
    try {
      handle = await picker.call(window, { suggestedName: name });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError')
        return false;
      throw error;
    }
    const { body } = await open();
    await body?.pipeTo(await handle.createWritable());
    return true;
  }
  const url = URL.createObjectURL(await (await open()).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
  return true;
}

/** Opens a text as it is, in a tab of its own. */
export async function openRaw(open: () => Promise<Response>): Promise<void> {
  // opened at once, while the browser still knows that the reader asked for it
  const tab = window.open('', '_blank');
  try {
    const text = await (await open()).blob();
    const plain = new Blob([text], { type: 'text/plain;charset=utf-8' });
    const url = URL.createObjectURL(plain);
    if (tab) tab.location.href = url;
    setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
  } catch (error) {
    tab?.close();
    throw error;
  }
}
