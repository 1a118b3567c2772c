import type { Vendor } from '../../nodes/engine/http/vendor.ts';
import type { Confidence, ContractOperation, Documented, Schema } from './contract.mts';
import type { Findings } from './findings.mts';
import { hold } from './hold.mts';
import type { LiveAnswer } from './send.mts';

const json = 'application/json';
/** Refusals that depend on the account, not on the contract. */
const ofTheAccount = [401, 403, 404, 409, 422, 429];

/**
 * Holds an answer against what the contract says of the operation: status, content type, body.
 * @returns whether it is a good one, whose ids can be used
 */
export function judge(
	operation: ContractOperation,
	answer: LiveAnswer,
	api: Vendor,
	findings: Findings,
): boolean {
	const { status, mediaType, body } = answer;
	findings.answered(status, mediaType);
	const meant = api.status?.({ kind: 'answered', status, headers: {}, body }) ?? status;
	if (status >= 300 || meant >= 300) {
		judgeRefusal(operation, answer, meant, findings);
		return false;
	}
	const good = Object.keys(operation.responses).find((key) => key.startsWith('2')) ?? '';
	const documented = operation.responses[status] ?? operation.responses[good];
	const confidence = documented?.['x-confidence'] ?? operation.confidence;
	if (!(status in operation.responses)) {
		findings.differs('(status)', confidence, `status ${status} in place of ${good}`);
	}
	if (documented) judgeBody(documented, answer, '', confidence, findings);
	return body !== undefined;
}

function judgeRefusal(
	{ responses, confidence }: ContractOperation,
	answer: LiveAnswer,
	meant: number,
	findings: Findings,
): void {
	const { status } = answer;
	const documented = responses[status] ?? (status < 300 ? undefined : responses['default']);
	const isKnown = documented !== undefined || status < 300;
	if (isKnown && (ofTheAccount.includes(meant) || meant >= 500))
		findings.untold('', confidence, `refused with ${meant}`);
	else
		findings.differs('(status)', confidence, `status ${meant} for what the contract lets through`);
	if (documented) {
		judgeBody(
			documented,
			answer,
			`(${status})`,
			documented['x-confidence'] ?? confidence,
			findings,
		);
	}
}

function judgeBody(
	{ content, 'x-may-be-empty': mayBeEmpty = false }: Documented,
	{ mediaType, body, text }: LiveAnswer,
	path: string,
	confidence: Confidence,
	findings: Findings,
): void {
	const isEmpty = body === undefined && text === undefined;
	const known = Object.keys(content ?? {});
	if (known.length === 0) {
		if (!isEmpty) findings.differs('(body)', confidence, 'a body where the contract has none');
		return;
	}
	if (isEmpty) {
		if (!mayBeEmpty) findings.differs('(body)', confidence, 'no body');
		return;
	}
	if (!known.includes(mediaType)) {
		const came = mediaType === '' ? 'no content type' : mediaType;
		findings.differs('(content type)', confidence, `${came} in place of ${known.join(' or ')}`);
	}
	if (text !== undefined) {
		const isMeantAsJson = mediaType === json || !known.includes(mediaType);
		if (isMeantAsJson) findings.differs('(body)', confidence, 'no JSON');
		return;
	}
	const schema: Schema | undefined = content?.[json]?.schema;
	if (schema) hold(schema, body, path, confidence, findings);
}
