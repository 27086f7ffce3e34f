/** runtime.AddCleanup came with Go 1.24, and a dump does not tell what it holds. Versions that name no number may have it. */
export function hasCleanups(version: string): boolean {
  const minor = /^go1\.(\d+)/.exec(version);
  return minor ? Number(minor[1]) >= 24 : version !== '';
}
