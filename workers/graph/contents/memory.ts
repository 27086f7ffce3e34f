/** What typed values are read from: the loaded window, a segment, a frame, one object. */
export interface Memory {
  /** A pointer-sized word; beyond 2^53 only approximately right, and no address then. */
  word(position: number): number;
  u8(position: number): number;
  u16(position: number): number;
}
