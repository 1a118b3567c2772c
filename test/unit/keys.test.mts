import { expect, it } from '@jest/globals';
import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { everything } from './engine.mts';
import { secretOf } from '../../nodes/engine/webhook/credential.ts';

const pasted = ' the-key\n';
const cases: Array<[ICredentialType, Record<string, string>]> = [
	[new ConvertalkApi(), { token: pasted, authentication: 'tokenHeaders' }],
	[new ConvertalkApi(), { token: pasted, authentication: 'bearer' }],
	[new SalesflowApi(), { token: pasted, accountId: ' 1\n' }],
	[new SaleswhaleApi(), { apiKey: pasted }],
	[new ZenviaSalesApi(), { apiKey: pasted }],
];

it.each(cases)(
	'a key is sent without the blanks that were pasted around it: %#',
	async ({ authenticate }, data) => {
		if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
		const { qs, headers } = await authenticate(data, {
			url: 'https://vendor.example/a',
		} as IHttpRequestOptions);
		const sent = everything({ qs, headers });
		expect(sent).toContain('the-key');
		expect(sent).not.toMatch(/ {2}the-key|the-key(\\n| )/);
	},
);

it('and a signature is checked without them', () => {
	expect(secretOf({ apiKey: pasted }, 'apiKey', 'API key')).toBe('the-key');
	expect(() => secretOf({ apiKey: ' \n' }, 'apiKey', 'API key')).toThrow('has no API key');
});
