/** The published schemas, made strict: an answer must have exactly their keys, in their order. */
import { readdirSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { expect } from 'vitest';

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

const FOLDER = new URL('../../../schemas/', import.meta.url);

/** Command → its schema, as published. */
export const SCHEMAS = new Map(
  readdirSync(FOLDER).map((file): [string, Schema] => {
    const command = /^heapknot\.(.*)\.1\.json$/.exec(file)?.[1];
    if (command === undefined) throw new Error(`what is ${file}?`);
    return [command, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema];
  }),
);

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validators = new Map([...SCHEMAS].map(([command, schema]) => [command, ajv.compile(closed(schema))]));

/** Published schemas let keys be added; tests do not. */
function closed(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const isObject = typeof value === 'object' && value !== null && 'type' in value && 'properties' in value;
    return isObject && !('additionalProperties' in value) ? { ...value, additionalProperties: false } : value;
  }) as Schema;
}

/** Expects an answer of `command` that fits its schema, key for key, and returns it. */
export function expectAnswer(command: string, text: string): unknown {
  const document: unknown = JSON.parse(text);
  const validate = validators.get(command);
  if (validate === undefined) throw new Error(`no schema for ${command}`);
  validate(document);
  expect(validate.errors ?? [], `${command} against its schema`).toEqual([]);
  expectOrder(document, SCHEMAS.get(command)!, SCHEMAS.get(command)!, command);
  return document;
}

function expectOrder(value: unknown, schema: Schema, root: Schema, at: string): void {
  if (schema.$ref !== undefined) {
    expectOrder(value, root.$defs![schema.$ref.replace('#/$defs/', '')], root, at);
    return;
  }
  for (const choice of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    // Of an object that is there or not, the shape with more keys is meant.
    if (!isMissing(value)) expectOrder(value, choice, root, at);
    if (schema.oneOf !== undefined) break;
  }
  if (Array.isArray(value)) for (const element of value) expectOrder(element, schema.items ?? {}, root, `${at}[]`);
  else if (typeof value === 'object' && value !== null && schema.properties !== undefined) {
    const published = Object.keys(schema.properties).filter((key) => key in value);
    expect(Object.keys(value), `order of the keys of ${at}`).toEqual(published);
    for (const [key, part] of Object.entries(value)) expectOrder(part, schema.properties[key], root, `${at}.${key}`);
  }
}

function isMissing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'found' in value && value.found === false;
}
