import ts from 'typescript';

/** What a file of tests calls them and their groups, as it stands in the code, parts such as %s included. */
export function titlesIn(code: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && isTest(node.expression)) {
			const [title] = node.arguments;
			if (title && ts.isStringLiteralLike(title)) found.push(title.text);
			if (title && ts.isTemplateExpression(title)) found.push(title.getText());
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('test.mts', code, ts.ScriptTarget.ES2022, true));
	return found;
}

/** it, test and describe, with .each and its table, .only and their like, also where one line of n8n is left out. */
function isTest(expression: ts.Expression): boolean {
	if (ts.isParenthesizedExpression(expression)) return isTest(expression.expression);
	if (ts.isConditionalExpression(expression)) return isTest(expression.whenFalse);
	if (ts.isIdentifier(expression)) return ['it', 'test', 'describe'].includes(expression.text);
	if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression))
		return isTest(expression.expression);
	return false;
}
