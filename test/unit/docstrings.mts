import ts from 'typescript';

/**
 * Names what a file exports without a docstring.
 * @param file its path, which the names begin with
 * @param code its text
 */
export function withoutDocstring(file: string, code: string): string[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
	return source.statements
		.filter((statement) => isExported(statement) && !hasDocstring(statement))
		.flatMap(namesOf)
		.map((name) => `${file}: ${name}`);
}

const isExported = (statement: ts.Statement): boolean =>
	ts.canHaveModifiers(statement) &&
	(ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** Of a function with several signatures the first may have it for all. */
function hasDocstring(statement: ts.Statement): boolean {
	if (ts.getJSDocCommentsAndTags(statement).length > 0) return true;
	if (!ts.isFunctionDeclaration(statement)) return false;
	return statement
		.getSourceFile()
		.statements.filter(ts.isFunctionDeclaration)
		.filter(({ name }) => name?.text === statement.name?.text)
		.some((other) => ts.getJSDocCommentsAndTags(other).length > 0);
}

function namesOf(statement: ts.Statement): string[] {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.map(({ name }) => name.getText());
	}
	const { name } = statement as ts.Statement & { name?: ts.Identifier };
	return [name?.text ?? 'default'];
}

/**
 * Names the classes that docstrings say are thrown and that are none.
 * @param file its path, which the names begin with
 * @param code its text
 * @param classes the names of those that there are
 */
export const unknownThrown = (file: string, code: string, classes: ReadonlySet<string>): string[] =>
	[...code.matchAll(/@throws (?:the first |when |where )?([A-Z]\w+)(?: or ([A-Z]\w+))?/g)]
		.flatMap(([, one, other]) => [one, other].filter((name) => name !== undefined))
		.filter((name) => !classes.has(name))
		.map((name) => `${file}: ${name}`);

/** The names of a file's classes, and of what it imports. */
export const namesIn = (code: string): string[] =>
	[...code.matchAll(/\bclass (\w+)|^import [^;]*?\{([^}]*)\}/gm)].flatMap(
		([, own = '', imported = '']) => [own, ...(imported.match(/\w+/g) ?? [])],
	);

/** The functions, classes and values that a file exports by their names; Jest loads what is exported as default. */
export const exportedValues = (code: string): string[] =>
	ts
		.createSourceFile('code.ts', code, ts.ScriptTarget.ES2022, true)
		.statements.filter(
			(statement) =>
				isExported(statement) &&
				!(
					ts.getCombinedModifierFlags(statement as ts.DeclarationStatement) &
					ts.ModifierFlags.Default
				) &&
				!ts.isInterfaceDeclaration(statement) &&
				!ts.isTypeAliasDeclaration(statement),
		)
		.flatMap(namesOf)
		.filter((name) => /^\w+$/.test(name));
