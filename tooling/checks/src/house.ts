import { posix } from 'node:path';
import ts from 'typescript';
import type { Package } from './workspace';

/** Which of our packages a package may import: arrows run downward only. */
const below: Readonly<Record<string, readonly string[]>> = {
  'packages/kernels': [],
  'packages/core': ['@murmuration/kernels'],
  'packages/envs': ['@murmuration/core'],
  'packages/eval': ['@murmuration/core'],
  'packages/node-gpu': ['@murmuration/core', '@murmuration/kernels'],
};

/** Algorithms know core alone, and the worlds only in their papers' experiments; applications know everything. */
const mayImport = (directory: string, path: string, name: string): boolean => {
  if (directory.startsWith('apps/')) return true;
  if (below[directory]) return below[directory].includes(name);
  return name === '@murmuration/core' || (name === '@murmuration/envs' && /(^|\/)experiments?\b/.test(path));
};

/** Reading a tensor is awaited, since a GPU cannot read synchronously. */
const synchronousReads = new Set(['dataSync', 'arraySync', 'bytesSync']);

const randomOperations = new Set(
  'dropout multinomial rand randomGamma randomNormal randomStandardNormal randomUniform randomUniformInt truncatedNormal'.split(
    ' ',
  ),
);

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const specifierOf = (node: ts.Node): string | undefined => {
  const literal =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : undefined;
  return literal && ts.isStringLiteralLike(literal) ? literal.text : undefined;
};

/**
 * What a source file does that the house forbids.
 * @param path within the package, for example `src/random.ts`
 * @returns one line for each, with its place
 */
export const violationsOf = ({ directory, manifest }: Package, path: string, text: string): string[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const found: string[] = [];
  const report = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${directory}/${path}:${line + 1} ${what}`);
  };

  const checkImport = (node: ts.Node, specifier: string): void => {
    if (specifier.startsWith('node:')) return;
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier);
      if (target.startsWith('..')) report(node, `reaches into another package: ${specifier}`);
      return;
    }
    const name = packageOf(specifier);
    if (!declared.has(name)) report(node, `imports ${name}, which is not among its dependencies`);
    if (name.startsWith('@murmuration/') && name !== manifest.name && !mayImport(directory, path, name)) {
      report(node, `imports ${name}, which is not below it`);
    }
  };

  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) checkImport(node, specifier);
    if (ts.isPropertyAccessExpression(node)) {
      const { expression, name } = node;
      const owner = expression.getText(source);
      if (owner === 'Math' && name.text === 'random') report(node, 'uses Math.random; take a Random');
      if (synchronousReads.has(name.text)) report(node, `reads with ${name.text}; await data()`);
      if (owner === 'tf' && randomOperations.has(name.text))
        report(node, `uses tf.${name.text}; take a Random`);
    }
    if (ts.isImportSpecifier(node)) {
      const { text: name } = node.propertyName ?? node.name;
      const from = specifierOf(node.parent.parent.parent) ?? '';
      if (from.startsWith('@tensorflow/') && randomOperations.has(name)) {
        report(node, `imports ${name} of tfjs; take a Random`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};
