/** A field of a runtime structure that has no descriptor of its own. */
export interface NamedOffset {
  name: string;
  offset: number;
}
