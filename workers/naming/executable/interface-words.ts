/** The first word of an interface: an itab or a type descriptor; either way the dynamic type. */
import type { DumpRecords } from '../../dump/records';
import type { GoType } from '../types/go-type';
import type { TypeSpace } from '../types/type-space';

export class InterfaceWords {
  /** itab → address of its dynamic type */
  private readonly itabs = new Map<number, number>();

  constructor(
    records: DumpRecords,
    private readonly types: TypeSpace,
  ) {
    for (const itab of records.itabs) this.itabs.set(itab.address, itab.typeAddress);
  }

  /** The dynamic type that a word names, or null where it names none. */
  dynamicType(word: number): GoType | null {
    if (word === 0) return null;
    return this.types.at(this.itabs.get(word) ?? word);
  }
}
