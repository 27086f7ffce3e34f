/** Nodes that stand for more than they show can be opened, a page at a time. Each page gives the rest a new id, so that it can be opened again. */

/** Objects that opening a node adds. */
export const PAGE = 20;

export class OpenedNodes {
  constructor(private readonly ids: readonly string[]) {}

  /** How often the node was opened. */
  pages(id: string): number {
    const ids = new Set(this.ids);
    let pages = 0;
    while (ids.has(pageId(id, pages))) pages++;
    return pages;
  }

  /** The id of what is left of the node now. */
  rest(id: string): string {
    return pageId(id, this.pages(id));
  }
}

function pageId(id: string, page: number): string {
  return page === 0 ? id : `${id}:${page + 1}`;
}
