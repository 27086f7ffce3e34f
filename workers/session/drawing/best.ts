/** The first few of a long list by some order, without sorting the list. */
export class Best {
  private readonly kept: number[] = [];

  /** `before(a, b)`: whether a comes first. The order must be total, so that the same few are kept whatever order they come in. */
  constructor(
    private readonly limit: number,
    private readonly before: (a: number, b: number) => boolean,
  ) {}

  offer(candidate: number): void {
    const { kept, limit } = this;
    if (limit === 0 || (kept.length === limit && this.before(kept[limit - 1], candidate))) return;
    let at = kept.length;
    while (at > 0 && this.before(candidate, kept[at - 1])) at--;
    kept.splice(at, 0, candidate);
    if (kept.length > limit) kept.pop();
  }

  get inOrder(): readonly number[] {
    return this.kept;
  }
}
