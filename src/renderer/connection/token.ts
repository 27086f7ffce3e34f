/** The server's token: printed in the fragment of its address, taken out of sight here, kept for reloads and further tabs of the same origin. */
const KEY = 'heapknot.token';

/** Takes the token out of the address (`#token=…`), or recalls the last one of this origin; '' where there is none. */
export function takeToken(): string {
  const match = /^#token=([\w-]+)$/.exec(location.hash);
  if (match === null) return localStorage.getItem(KEY) ?? '';
  const [, token] = match;
  localStorage.setItem(KEY, token);
  history.replaceState(history.state, '', location.pathname);
  return token;
}
