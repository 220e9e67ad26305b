import type { Sink } from './download';

interface Picker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<{ createWritable: () => Promise<Sink> }>;
}

/**
 * A file that the user chooses, written as the bytes come, so that a disk of any size can be saved; in a browser that
 * has no such thing, all of it is gathered first. Undefined when the user chose none.
 */
export async function chooseSink(name: string): Promise<Sink | undefined> {
  const { showSaveFilePicker } = window as Picker;
  if (!showSaveFilePicker) {
    return gathered(name);
  }
  try {
    return await (await showSaveFilePicker.call(window, { suggestedName: name })).createWritable();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') {
      return undefined;
    }
    // A frame of another origin may not ask for a file.
    return gathered(name);
  }
}

function gathered(name: string): Sink {
  const parts: Blob[] = [];
  return {
    // Each part becomes a blob at once: the browser may keep blobs on disk, arrays it keeps in memory.
    write: (part) => {
      parts.push(new Blob([part]));
      return Promise.resolve();
    },
    close: () => {
      save(new Blob(parts), name);
      return Promise.resolve();
    },
    abort: () => {
      parts.length = 0;
      return Promise.resolve();
    },
  };
}

/** Lets the browser save it as a download. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
