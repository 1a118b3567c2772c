import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { type Reply, run as runNode, type RunOptions } from './context.mts';

/** The ID of the prospect of this number. */
export const idOf = (n: number) => String(n).padStart(24, 'a');
/** A resource locator. */
export const by = (mode: string, value: unknown) => ({
	__rl: true as const,
	mode,
	value: value as string,
});

/** People of an account, as the search and the reading of one give them. */
export interface Person {
	id: string;
	phones?: string[];
	emails?: string[];
	firstName?: string;
	status?: string;
}

/** Where a request goes, without the host. */
export const pathOf = ({ url }: IHttpRequestOptions) =>
	url.replace('https://sales.zenvia.com/api/v1', '');

/** An account that finds exactly what it holds, and makes prospects of leads. */
export function account(people: Person[]) {
	return async (request: IHttpRequestOptions): Promise<Reply> => {
		const path = pathOf(request);
		const { email, phoneNumber } = (request.qs ?? {}) as Record<string, string>;
		if (path === '/prospect-by') {
			const found = people.filter(
				({ phones = [], emails = [] }) =>
					phones.includes(phoneNumber ?? '') || emails.includes(email ?? ''),
			);
			return { body: found.map(({ id, phones }) => ({ _id: id, phones })) };
		}
		if (path === '/lead/retail') {
			// Who asks meanwhile does not find it yet.
			await new Promise((resolve) => setTimeout(resolve, 20));
			const { phones, emails } = request.body as Person;
			const person = { id: idOf(900 + people.length), phones, emails };
			people.push(person as Person);
			return { body: person };
		}
		const one = people.find(({ id }) => path === `/prospect/${id}`);
		if (one) return { body: { status: 'new', ...one } };
		return { body: [{ id: idOf(1), content: (request.body as IDataObject)?.content }] };
	};
}

/** Sends a message by WhatsApp. */
export const send = {
	resource: 'message',
	operation: 'send',
	channel: 'whatsapp',
	content: 'Hello',
};

interface Options extends Partial<RunOptions> {
	people?: Person[];
	mode?: string;
	/** What each item names its prospect by. */
	values: unknown[];
	more?: IDataObject;
}

/** Runs an operation for items that name their prospect. @returns what was asked, searched for and sent too */
export async function run({ people = [], mode = 'phone', values, more = {}, ...options }: Options) {
	const result = await runNode({
		parameters: { ...send, ...more },
		perItem: { prospectId: (index) => by(mode, values[index]) },
		items: values.map(() => ({ json: {} })),
		server: account(people),
		typeVersion: 1.2,
		...options,
	});
	const asked = result.requests.map((request) => `${request.method} ${pathOf(request)}`);
	const searched = result.requests
		.filter(({ url }) => url.endsWith('/prospect-by'))
		.map(({ qs }) => Object.values(qs as IDataObject)[0]);
	const sent = asked.filter((one) => one.includes('/messaging/'));
	return { ...result, asked, searched, sent, jsons: result.output.map(({ json }) => json) };
}

/** The request that sends a message to the prospect of this number. */
export const to = (n: number) => `POST /prospect/${idOf(n)}/messaging/whatsapp`;
