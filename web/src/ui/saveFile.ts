/** Gives the reader a file with this text. */
export function saveText(filename: string, text: string): void {
  saveBlob(filename, new Blob([text], { type: 'text/plain' }));
}

/** Gives the reader a file with these bytes. */
export function saveBlob(filename: string, bytes: Blob): void {
  const url = URL.createObjectURL(bytes);
  saveFrom(url, filename);
  URL.revokeObjectURL(url);
}

/** Gives the reader what the server has there, under the server's name for it if there is no other. */
export function saveFrom(url: string, filename = ''): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
}
