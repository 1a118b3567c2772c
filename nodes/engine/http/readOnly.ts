import { OperationalError } from 'n8n-workflow';
import type { Client } from './client';
import { reads, type Request } from './request';

/** Something was about to be written where nothing may be. */
export class WriteRefused extends OperationalError {
	constructor({ method, path }: Request) {
		super(`Nothing is written here: ${method} ${path} was not sent`);
	}
}

/**
 * The same client, which sends no request that changes anything: the last line of defence of a dry run. What its run
 * makes is known to no other, since nothing is made.
 */
export const readOnly = (client: Client): Client => ({
	...client,
	isReadOnly: true,
	account: {},
	send: async <T>(request: Request, read = (body: unknown) => body as T) => {
		if (!reads(request)) throw new WriteRefused(request);
		return await client.send(request, read);
	},
});
