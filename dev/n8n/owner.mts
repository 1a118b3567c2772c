import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Rest, RestError } from './rest.mts';

/** Who owns the instance and signs in to its editor. */
export interface Owner {
	email: string;
	password: string;
}

/**
 * Signs the owner in, and makes it first in a new instance. Its password is made at random and
 * kept in `owner.json` in the instance's folder, readable by this user only.
 */
export async function signInOwner(rest: Rest, folder: string): Promise<Owner> {
	const owner = await ownerOf(folder);
	const login = { emailOrLdapLoginId: owner.email, password: owner.password };
	try {
		await rest.post('/login', login);
	} catch (error) {
		// Who it is n8n knows only once it is set up. Without its editor it does not say whether that was done.
		if (!(error instanceof RestError) || error.status !== 401) throw error;
		await rest.post('/owner/setup', { ...owner, firstName: 'Local', lastName: 'Owner' });
	}
	return owner;
}

async function ownerOf(folder: string): Promise<Owner> {
	const file = join(folder, 'owner.json');
	if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Owner;
	// n8n wants a digit and a capital in it.
	const password = `N8${randomBytes(12).toString('base64url')}`;
	const owner = { email: 'owner@example.com', password };
	await writeFile(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}
