/** Hands a text to the browser as a file to save. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the URL by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
