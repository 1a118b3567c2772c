import type { ICredentialTestRequest } from 'n8n-workflow';

type Rule = NonNullable<ICredentialTestRequest['rules']>[number];

/** What templates leave in front of a page. JSON with them in front is JSON, and no text. */
const blanks = ['\n', '\r', ' ', '\t'];

/**
 * A page in place of the vendor's answer, as a sign-in of a network, a filter or the vendor's own screen gives it under
 * HTTP 200. n8n takes every such answer for a success. What is no JSON reaches a rule as text, of which the key is the
 * place of a letter. Not for a test whose answer is a list: of an empty one n8n reads the first record all the same, and
 * ends with a TypeError (1.110 to 2.41).
 * @param begins what a page begins with; JSON that is asked for as text may have blanks in front, too
 */
export const noWebPage = (vendor: string, begins: readonly string[] = ['<', ...blanks]): Rule[] =>
	begins.map((value) => ({
		type: 'responseSuccessBody',
		properties: {
			key: '0',
			value,
			message: `A web page came in place of an answer of ${vendor}. Check the base URL, and whether your network wants a sign-in or filters this address.`,
		},
	}));
