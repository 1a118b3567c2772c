import type {
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	INodeProperties,
} from 'n8n-workflow';
import { checkedCredential } from '../../engine/http/credentialCheck';
import { attempt } from '../../engine/util/attempt';

const given = (displayName: string, name: string, required: boolean): INodeProperties => ({
	...{ displayName, name, type: 'string', default: '', required },
	typeOptions: { password: true },
});
/** SEED, App Lifecycle and Request Signature: what Zenvia gave out for the app. */
const fields = [
	given('App ID', 'appId', true),
	given('App Secret', 'appSecret', true),
	given('Private Key', 'privateKey', false),
];
const app = { name: 'Zenvia Sales App', secrets: fields.map(({ name }) => name) };
const place = { whose: 'of the app', hint: 'Copy it again from what Zenvia gave you for the app.' };

/**
 * Tests what can be told of an app's credential without Zenvia, which has no call to check it with: what is missing,
 * what was cut or came along in copying, and what was pasted into two fields.
 */
export async function testApp(
	data: ICredentialDataDecryptedObject = {},
): Promise<INodeCredentialTestResult> {
	const read = await attempt(async () => checkedCredential(app, fields, data, place));
	if ('thrown' in read)
		return { status: 'Error', message: (read.thrown as { message: string }).message };
	const { made } = read;
	for (const [index, { displayName, name }] of fields.entries()) {
		const same = fields.slice(0, index).find((other) => made[other.name] === made[name]);
		if (same === undefined) continue;
		const message = `'${displayName}' ${place.whose} is the same as '${same.displayName}'. ${place.hint}`;
		return { status: 'Error', message };
	}
	const message = 'All is complete. Zenvia has no call to check it with, so its first call tells.';
	return { status: 'OK', message };
}
