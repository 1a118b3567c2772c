import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isRecord } from '../util/json';
import { forgetOldest } from '../util/oldest';
import { queryText } from '../webhook/delivery';
import { isSame } from '../webhook/digests';
import { readAnswer } from './answer';
import { notePage, pageHeaders, questionPage } from './page';
import { linkParameter, waitingFor } from './question';
import { steadyNow } from '../util/steadyClock';

/**
 * n8n 1.x goes on once for each answer that comes before the first one's has begun, so that a second press of the
 * button within this time is not taken. Milliseconds.
 */
const beginsWithinMs = 10_000;
/** When each question was answered last, by the number in its link. Of this process only. */
const answeredAt = new Map<string, number>();
const mostAnswered = 1000;

/**
 * Serves the page behind a link of Send and Wait for Response, and takes what it sends. n8n has looked at the link's
 * signature before; the number in it is looked at here.
 */
export async function receiveAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const waiting = waitingFor(context);
	if (!waiting || !isSame(queryText(context, linkParameter), waiting.nonce)) {
		return show(context, 410, notePage('This link has expired.'));
	}
	const { nonce, question } = waiting;
	if (context.getRequestObject().method !== 'POST') {
		return show(context, 200, questionPage(question));
	}
	const body: unknown = context.getBodyData();
	const answer = readAnswer(question, isRecord(body) ? body : {});
	if ('wrong' in answer) return show(context, 400, questionPage(question, answer.wrong));
	if (isUnderWay(nonce)) {
		return show(context, 409, notePage('A response was recorded just now.'));
	}
	const { data } = answer;
	const json = { replied: true, data: { ...data, respondedAt: new Date().toISOString() } };
	setHeaders(context);
	return {
		webhookResponse: notePage(question.thanks),
		workflowData: [[{ json, pairedItem: { item: 0 } }]],
	};
}

function isUnderWay(nonce: string): boolean {
	const now = steadyNow();
	const before = answeredAt.get(nonce) ?? -Infinity;
	if (now - before < beginsWithinMs) return true;
	answeredAt.delete(nonce);
	answeredAt.set(nonce, now);
	forgetOldest(answeredAt, mostAnswered);
	return false;
}

function setHeaders(context: IWebhookFunctions): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
}

/** Shows a page, and the execution goes on waiting. */
function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	setHeaders(context);
	context.getResponseObject().status(status).send(page);
	return { noWebhookResponse: true };
}
