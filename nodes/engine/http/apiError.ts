import { type INode, NodeApiError, NodeOperationError, OperationalError } from 'n8n-workflow';

/** What an ApiError says besides its sentence. */
export interface ApiErrorDetails {
	/** What the person can do about it. */
	hint?: string;
	/** HTTP status, or the code of the broken connection. */
	code?: string;
	/** Whether the vendor may have done what was asked all the same. */
	mayBeDone?: boolean;
}

/** A call did not end well: a sentence for the person at the editor, and what to do. Never a secret. */
export class ApiError extends OperationalError {
	readonly hint: string | undefined;
	readonly code: string | undefined;
	readonly mayBeDone: boolean;

	constructor(message: string, { hint: advice, code, mayBeDone = false }: ApiErrorDetails = {}) {
		super(message);
		this.hint = advice;
		this.code = code;
		this.mayBeDone = mayBeDone;
	}
}

/**
 * What went wrong, as n8n shows it: at the item, with what to do.
 * Keeps nothing of what was thrown but its sentence, since n8n stores the rest with the execution and
 * an HTTP client's exception holds the whole request, the key included.
 */
export function nodeError(
	node: INode,
	thrown: unknown,
	clean: (text: string) => string = (text) => text,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	if (thrown instanceof ApiError) {
		const { message, hint: description, code: httpCode } = thrown;
		return new NodeApiError(node, {}, { message, description, httpCode, itemIndex });
	}
	const said = thrown instanceof Error ? thrown.message : String(thrown);
	return new NodeOperationError(node, clean(said), { itemIndex, level: 'warning' });
}

/** What went wrong and what to do, in one text. */
export function sentenceOf({ message, description }: NodeApiError | NodeOperationError): string {
	if (!description) return message;
	return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${description}`;
}

/**
 * The same where n8n shows only a half of it: when a workflow is activated, 1.x and 2.0 show of a NodeApiError the
 * description and 2.41 the message; of a poll and of a dropdown, all show the message. So both halves stand in both.
 */
export function hookError(
	node: INode,
	thrown: unknown,
	clean?: (text: string) => string,
): NodeApiError | NodeOperationError {
	const error = nodeError(node, thrown, clean);
	const isWhole = error instanceof NodeOperationError && !error.description;
	if (isWhole || error.message === error.description) return error;
	error.message = sentenceOf(error);
	error.description = error.message;
	return error;
}
