/** Kinds of Go types as runtime descriptors number them (internal/abi.Kind); the same since Go 1.0. */
export const KIND = {
  bool: 1,
  int: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  uint: 7,
  uint8: 8,
  uint16: 9,
  uint32: 10,
  uint64: 11,
  uintptr: 12,
  float32: 13,
  float64: 14,
  complex64: 15,
  complex128: 16,
  array: 17,
  chan: 18,
  func: 19,
  interface: 20,
  map: 21,
  pointer: 22,
  slice: 23,
  string: 24,
  struct: 25,
  unsafePointer: 26,
} as const;

/** kind → bytes of a value on a 64-bit machine, 0 where it depends on the type */
export const FIXED_SIZE_64 = [0, 1, 8, 1, 2, 4, 8, 8, 1, 2, 4, 8, 8, 4, 8, 8, 16, 0, 8, 8, 16, 8, 8, 24, 16, 0, 8];
/** the same on a 32-bit machine */
export const FIXED_SIZE_32 = [0, 1, 4, 1, 2, 4, 8, 4, 1, 2, 4, 8, 4, 4, 8, 8, 16, 0, 4, 4, 8, 4, 4, 12, 8, 0, 4];
