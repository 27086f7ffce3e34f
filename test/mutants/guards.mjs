// What of the engine is mutated: guards. A guard decides whether something is told, read or counted: a comparison, a condition, a flag, an entry of
// a list. Arithmetic, messages and blocks are left to oracles and golden answers, which notice them better than a mutant an operator does.
//
// A plugin of Stryker (https://stryker-mutator.io/docs/stryker-js/disable-mutants/#using-an-ignore-plugin): whatever gets a reason here is left
// alone with everything below it.
import { createHash } from 'node:crypto';

/** The share of expressions that are mutated, of 1: `npm run mutants` sets it, with a seed that picks others. */
const SHARE = Number(process.env.MUTANTS_SHARE ?? 1);
const SEED = process.env.MUTANTS_SEED ?? '';

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'guards',
    value: {
      shouldIgnore(path) {
        if (isCountingLoop(path))
          return 'counts through all of it: no guard, and one too many reads past an end that typed arrays forgive';
        if (isPause(path)) return 'says when to let others run, not what is found';
        if ((path.isStringLiteral() || path.isArrayExpression()) && !inConstantList(path))
          return 'no entry of a constant list';
        if (path.isTemplateLiteral()) return 'a message';
        if (path.isNewExpression() && path.get('callee').isIdentifier({ name: 'Array' })) return 'room, not a list';
        if (isWhole(path) && !sampled(path)) return 'not in this sample';
        return undefined;
      },
    },
  },
];

/** `k < n` of `for (let k = 0; k < n; k++)`. */
function isCountingLoop(path) {
  const loop = path.parentPath;
  if (!loop?.isForStatement() || loop.node.test !== path.node || !path.isBinaryExpression()) return false;
  const { update } = loop.node;
  const counted =
    update?.type === 'UpdateExpression' || update?.type === 'AssignmentExpression'
      ? (update.argument ?? update.left)
      : undefined;
  return counted?.type === 'Identifier' && path.node.left.type === 'Identifier' && path.node.left.name === counted.name;
}

/** `(steps & SLICE_MASK) === 0`, `index % SLICE === 0`: tests of slices hold that work pauses at all. */
function isPause(path) {
  return (
    path.isBinaryExpression() && path.parentPath.isIfStatement() && /[&%] \(?SLICE(_MASK)?\b/.test(path.toString())
  );
}

/** A list that is made once, when the module loads: what a rule leaves out or takes in, entry by entry. */
function inConstantList(path) {
  if (path.getFunctionParent() !== null) return false;
  return path.isArrayExpression() ? !path.parentPath.isArrayExpression() : path.parentPath.isArrayExpression();
}

/** The outermost expression of a statement: sampling takes or leaves it whole. */
function isWhole(path) {
  return path.isExpression() && !path.parentPath.isExpression() && !path.parentPath.isObjectProperty();
}

/** Chosen by the text of the expression, so that lines above it do not choose again. */
function sampled(path) {
  if (SHARE >= 1) return true;
  const digest = createHash('sha256').update(`${SEED}${path.toString()}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < SHARE;
}
