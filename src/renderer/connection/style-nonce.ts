import { setNonce } from 'get-nonce';

/** Gives the dialogs' scroll lock the nonce that the shell wrote into the page; without it the content policy refuses its `<style>` element. */
export function adoptStyleNonce(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  if (nonce !== undefined && nonce !== '') setNonce(nonce);
}
