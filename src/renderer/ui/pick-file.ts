/** Lets the person pick a file with the browser's own dialog; null where they do not. `accept`: endings to show first, as `.json`. */
export function pickFile(accept = ''): Promise<File | null> {
  return new Promise((picked) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => {
      picked(input.files?.item(0) ?? null);
    });
    input.addEventListener('cancel', () => {
      picked(null);
    });
    input.click();
  });
}
