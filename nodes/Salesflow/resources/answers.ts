import { type IDataObject, UserError } from 'n8n-workflow';
import {
	many,
	one,
	type Output,
	type OutputOptions,
	unexpected,
} from '../../engine/operation/operation';
import { isBare } from '../../engine/http/response';
import { isRecord } from '../../engine/util/json';
import { salesflow, statusOfCall } from '../vendor';

/*
 * SEED prints one shape of a refusal, under whatever HTTP status, and not that it is the only one. So a good HTTP status
 * says little: an answer counts if it holds what was asked for, or says that it was done.
 */

/** The fields of a contact of which each answer about one has some (SEED, UpdateContact). */
const ofContact = ['MemberId', 'PublicIdentifier', 'FirstName', 'LastName'];

/**
 * The answer is one record.
 * @param fields those that tell it from anything else: it has at least one of them
 */
export function record(fields: readonly string[], options: OutputOptions = {}): Output {
	const bare = one(undefined, options);
	return {
		...bare,
		records: (body) => {
			const isOther = isRecord(body) && fields.every((name) => (body[name] ?? null) === null);
			if (isOther) throw otherAnswer(body, fields[0]);
			return bare.records(body);
		},
	};
}

/** The answer is a contact. */
export const contactIn = (options: OutputOptions = {}): Output => record(ofContact, options);

/** SEED, 1.5: an import answers the contact. Before that it can only have said that it was done (inferred). */
export const importedContact: Output = {
	records: (body) => (isDone(body) ? [body as IDataObject] : contactIn().records(body)),
};

/** SEED, AttachWebhook: the answer is the attachment. */
export const attachment = record(['WebhookCampaignId']);

/** The answer is a list. */
export const list = (options: Parameters<typeof many>[1] = {}): Output => {
	const bare = many(undefined, options);
	return {
		...bare,
		records: (body) => {
			if (wordsIn(body) !== undefined) throw otherAnswer(body);
			return bare.records(body);
		},
	};
};

/** SEED, DeleteContact and others: the answer says that it was done, or, under HTTP 204, nothing. */
export const done = (told: IDataObject): Output => ({
	records: (body) => {
		if (!isBare(body) && body !== null && !isDone(body)) throw otherAnswer(body, 'Status');
		return [{ ...told }];
	},
});

/** SEED, Start campaign: the answer says that it was done, in words. */
export const doneInWords: Output = {
	records: (body) => {
		if (isRecord(body) && !isDone(body)) throw otherAnswer(body, 'Status');
		return one().records(body);
	},
};

const isDone = (body: unknown): boolean => {
	const status = statusOfCall(body);
	return status !== undefined && status >= 200 && status < 300;
};

const wordsIn = (body: unknown): string | undefined => salesflow.errorMessage(body) || undefined;

/** The sentence about an answer that is another one: in the vendor's words, where it has any. */
export function otherAnswer(body: unknown, field = 'list'): UserError {
	const words = wordsIn(body);
	return words === undefined
		? unexpected(field)
		: new UserError(`${salesflow.name} says: ${words.slice(0, 500)}`);
}
