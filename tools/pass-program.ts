// The part of packages/pricing that compile-passes.ts compiles: its functions, constants, columns and lists.

import { readFileSync } from "node:fs";
import ts from "typescript";

const PRICING = new URL("../packages/pricing/src/", import.meta.url);
const SOURCES = [
  "strict-math.ts",
  "scaled-tail.ts",
  "batch/ordinary.ts",
  "batch/scratch.ts",
  "batch/passes.ts",
];

/** What the sources declare. */
export interface Program {
  readonly functions: ReadonlyMap<string, ts.FunctionDeclaration>;
  readonly passes: readonly ts.FunctionDeclaration[];
  readonly values: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, number>;
}

/** Reads the passes and what they call. */
export function readProgram(): Program {
  const functions = new Map<string, ts.FunctionDeclaration>();
  const values = new Map<string, number>();
  const columns = new Map<string, number>();
  const lists = new Map<string, number>();
  const passes: ts.FunctionDeclaration[] = [];
  for (const path of SOURCES) {
    const text = readFileSync(new URL(path, PRICING), "utf8");
    for (const statement of ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true).statements) {
      if (ts.isFunctionDeclaration(statement)) {
        functions.set(nameOf(statement.name), statement);
        if (path.endsWith("passes.ts")) passes.push(statement);
      } else if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) {
          if (initializer === undefined) continue;
          const call = ts.isCallExpression(initializer) ? initializer : undefined;
          const kind = call?.expression.getText();
          if (kind === "column" || kind === "list")
            (kind === "column" ? columns : lists).set(nameOf(name), Number(call?.arguments[0]?.getText()));
          else {
            const value = foldedValue(initializer, values);
            if (value !== undefined) values.set(nameOf(name), value);
          }
        }
      }
    }
  }
  return { functions, passes, values, columns, lists };
}

/** The number that an expression of literals and earlier constants has; script folds it the same way. */
export function foldedValue(node: ts.Expression, values: ReadonlyMap<string, number>): number | undefined {
  if (ts.isParenthesizedExpression(node)) return foldedValue(node.expression, values);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isIdentifier(node)) return values.get(node.text);
  if (node.getText() === "Math.LOG2E") return Math.LOG2E;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const operand = foldedValue(node.operand, values);
    return operand === undefined ? undefined : -operand;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const left = foldedValue(node.left, values);
  const right = foldedValue(node.right, values);
  if (left === undefined || right === undefined) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    default:
      return undefined;
  }
}

/** Where a column of scratch.ts lies, for `COLUMN[i]`. */
export function columnAddress({ columns, values }: Program, node: ts.ElementAccessExpression): number {
  const place = columns.get(node.expression.getText());
  if (place === undefined || node.argumentExpression.getText() !== "i") return refuse(node);
  return place * (values.get("ROWS") ?? refuse(node)) * 8;
}

/** Where a list of scratch.ts lies. */
export function listAddress(program: Program, list: string): number {
  const place = program.lists.get(list);
  if (place === undefined) throw new Error(`expected a list of scratch.ts, found ${list}`);
  return constantOf(program, "LISTS_AT") + place * 2 * constantOf(program, "ROWS") * 4;
}

/** The value of a constant that the sources declare. */
export function constantOf(program: Program, name: string): number {
  const value = program.values.get(name);
  if (value === undefined) throw new Error(`expected the sources to declare ${name}`);
  return value;
}

/** The text of a plain name. */
export function nameOf(name: ts.Node | undefined): string {
  if (name !== undefined && ts.isIdentifier(name)) return name.text;
  throw new Error("expected a plain name");
}

/** Throws: the compiler does not know this. */
export function refuse(node: ts.Node): never {
  throw new Error(`${node.getSourceFile().fileName}: no two-lane form of ${node.getText()}`);
}
