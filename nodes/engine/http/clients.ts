import type { IExecuteFunctions } from 'n8n-workflow';
import { type Attempt, attempt } from '../util/attempt';
import { type Client, openClient, outagesOfRun } from './client';
import { readCredential, readShared } from './credential';
import type { CredentialData } from './credentialCheck';
import { redactorsOf } from './secrets';
import type { Vendor } from './vendor';

/** The clients of a run: one for each address and key that the credential comes to for its items. */
export interface Clients {
	/** @throws UserError or ApiError where the item's credential cannot be used */
	of(index: number): Client;
	/** Takes the secrets of all of them out of a text. */
	redact(text: string): string;
}

/**
 * Opens the clients for some items. A credential without an expression is read once and has one client.
 * @param indices the items
 * @throws UserError or ApiError where the credential of all items cannot be used
 */
export async function openClients(
	context: IExecuteFunctions,
	vendor: Vendor,
	indices: readonly number[],
	signal?: AbortSignal,
): Promise<Clients> {
	const shared = await readShared(context, vendor, indices.length);
	if (shared) {
		const client = openClient(context, vendor, shared, { signal });
		return { of: () => client, redact: client.redact };
	}
	const read = new Map<number, Attempt<CredentialData>>();
	for (const index of indices) {
		signal?.throwIfAborted();
		read.set(index, await attempt(async () => await readCredential(context, vendor, index)));
	}
	// What a vendor says to one client may hold the key of another: all are hidden from all.
	const known = [...read.values()].flatMap((one) => ('made' in one ? [one.made] : []));
	const hidden = redactorsOf(vendor, known);
	const clients = new Map<string, Client>();
	// Where nobody is there for one of many keys, nobody is there for the others.
	const outages = outagesOfRun();
	const open = (data: CredentialData): Client => {
		const identity = JSON.stringify(data);
		const client =
			clients.get(identity) ?? openClient(context, vendor, data, { signal, hidden, outages });
		clients.set(identity, client);
		return client;
	};
	return {
		of: (index) => {
			const one = read.get(index);
			if (one && 'made' in one) return open(one.made);
			throw one?.thrown;
		},
		redact: hidden.redact,
	};
}
