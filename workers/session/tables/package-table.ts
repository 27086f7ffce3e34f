/** Packages as a list and as rows. */
import type { PackageRow } from '../../api/package-rows';
import type { PackageColumn } from '../../api/session';
import type { PackageFacts } from '../computed/package-facts';
import { bytesColumn, countColumn, numbered, type Table } from '../list/table';

export function packageTable(facts: PackageFacts): Table<PackageColumn> {
  const { paths } = facts;
  const table = numbered('packages', paths.length, {
    name: { kind: 'text', codes: paths.length, codeOf: (index) => index, text: (index) => paths[index] ?? 'none' },
    types: countColumn((index) => facts.types[index]),
    objects: countColumn((index) => facts.objects[index]),
    bytes: bytesColumn((index) => facts.bytes[index]),
    retained: bytesColumn((index) => facts.retainedBytes[index]),
  });
  return { ...table, weigh: (index) => facts.bytes[index] };
}

export function packageRow({ paths, types, objects, bytes, retainedBytes }: PackageFacts, index: number): PackageRow {
  return {
    package: paths[index],
    types: types[index],
    objects: objects[index],
    bytes: bytes[index],
    retainedBytes: retainedBytes[index],
  };
}
