import { randomBytes } from 'node:crypto';
import {
	type IExecuteFunctions,
	type IWebhookFunctions,
	UserError,
	WAIT_INDEFINITELY,
} from 'n8n-workflow';
import { isRecord } from '../util/json';
import { isPrivate } from '../webhook/hosts';

/** One field of a form that somebody fills in. */
export interface FormElement {
	label: string;
	type: 'date' | 'dropdown' | 'email' | 'number' | 'text' | 'textarea';
	/** What can be chosen in a dropdown. */
	choices: string[];
	isRequired: boolean;
}

/** What is asked, as the page behind the link shows it. Plain data: it is kept with the execution. */
export interface Question {
	title: string;
	text: string;
	/** What the page says when it has an answer. */
	thanks: string;
	/** Two or fewer buttons and no form, one text, or a form. */
	type: 'approval' | 'customForm' | 'freeText';
	/** The button that approves, or that sends a form. */
	button: string;
	/** The button that does not approve; left out where one can only approve. */
	declineButton?: string;
	fields: FormElement[];
}

/** What is waited for. */
export interface Wait {
	question: Question;
	/** Until when; for good if left out. */
	until?: Date;
}

/** The name of the part of the link that tells one question of a node from its others. */
export const linkParameter = 'question';
/** The name under which a node keeps its question, with the execution. */
const kept = 'sendAndWait';

/** What n8n 1.x has besides: it checks signatures only where a node asks for it. */
type Signing = { setSignatureValidationRequired?(): void };

interface Link {
	nonce: string;
	url: string;
}

const links = new WeakMap<IExecuteFunctions, Link>();

/**
 * The link under which this run's question is answered: n8n's own, which it signs. In a loop n8n gives each turn the
 * same one, so that a number that cannot be guessed tells them apart: an old link answers no new question.
 */
export function linkOf(context: IExecuteFunctions): string {
	// Where there are none, checkCanWait has refused the run: a form is also read apart from one.
	return typeof context.getSignedResumeUrl === 'function' ? madeOnce(context).url : '';
}

function madeOnce(context: IExecuteFunctions): Link {
	const made = links.get(context);
	if (made) return made;
	const nonce = randomBytes(16).toString('hex');
	const url = context.getSignedResumeUrl({ [linkParameter]: nonce });
	const link = { nonce, url: withoutPassword(url) };
	links.set(context, link);
	return link;
}

/** @throws UserError for a link that would show the password of n8n's address to whom it is sent */
function withoutPassword(url: string): string {
	const { username, password } = new URL(url);
	if (username === '' && password === '') return url;
	throw new UserError(
		'The link would show the user or password in WEBHOOK_URL to the person who gets it. Take it out of WEBHOOK_URL, and start n8n again.',
	);
}

/**
 * Whether this run can wait for an answer.
 * @throws UserError with what to do in its place
 */
export function checkCanWait(context: IExecuteFunctions, isTool: boolean): void {
	if (isTool) {
		throw new UserError(
			'An AI agent cannot wait for a response. Let it use Message: Send, or put Send and Wait for Response behind the agent.',
		);
	}
	const count = context.getInputData().length;
	if (count > 1) {
		throw new UserError(
			`Send and Wait for Response takes one item, and ${count} came: an execution waits for one response. Put Loop Over Items with a batch size of 1 in front.`,
		);
	}
	if (typeof context.getSignedResumeUrl !== 'function') {
		throw new UserError(
			'This n8n does not sign the links that continue an execution. Update n8n, or use Message: Send.',
		);
	}
}

/**
 * Puts the execution to wait for the answer. What comes out where none comes in time stands in the place of the input,
 * which n8n hands on then (n8n-core, handleDisabledNode).
 */
export async function waitFor(
	context: IExecuteFunctions,
	{ question, until = WAIT_INDEFINITELY }: Wait,
): Promise<void> {
	const { nonce, url } = madeOnce(context);
	const { origin, hostname } = new URL(url);
	if (isPrivate(hostname)) {
		const message = `The link leads to ${origin}, which opens on this network only. Set WEBHOOK_URL to the https address of n8n.`;
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	(context as Signing).setSignatureValidationRequired?.();
	context.getContext('node')[kept] = JSON.stringify({ nonce, question });
	context.getExecuteData().data = {
		main: [[{ json: { replied: false }, pairedItem: { item: 0 } }]],
	};
	await context.putExecutionToWait(until);
}

/** What the execution waits for, and the number that its link has to have; undefined where it waits for nothing. */
export function waitingFor(
	context: IWebhookFunctions,
): { nonce: string; question: Question } | undefined {
	// Braces would end the expression.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	const found = context.evaluateExpression(`{{ $node[${name}].context["${kept}"] }}`);
	const stored: unknown = typeof found === 'string' ? JSON.parse(found) : undefined;
	return isRecord(stored) ? (stored as { nonce: string; question: Question }) : undefined;
}
