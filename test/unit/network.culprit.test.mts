import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { networkFault } from '../../nodes/engine/http/networkFault.ts';
import { everything, run } from './engine.mts';
import { tiny } from './tiny.mts';

it.each([
	['EAI_AGAIN', 'getaddrinfo EAI_AGAIN vendor.example', 'gave no answer about'],
	['EAI_FAIL', 'getaddrinfo EAI_FAIL vendor.example', 'gave no answer about'],
	['ESERVFAIL', 'queryA ESERVFAIL vendor.example', 'gave no answer about'],
	['ENODATA', 'queryAaaa ENODATA vendor.example', 'does not know'],
	['ENOTFOUND', 'getaddrinfo ENOTFOUND vendor.example', 'does not know'],
])('A name that is not there is told from a DNS that is not: %s', (code, message, said) => {
	const fault = networkFault({ code, message }, new URL('https://vendor.example/api'));
	expect(fault).toMatchObject({ isNotSent: true, message: `DNS ${said} vendor.example` });
	// Also where HTTPS_PROXY is set, since n8n's guard looks names up itself.
	expect(fault.hint).toMatch(
		/^Check .*the DNS of n8n's machine.*HTTPS_PROXY; n8n's guard \(N8N_SSRF_PROTECTION_ENABLED\)/,
	);
	expect(fault.hint?.includes('address in the credential')).toBe(said === 'does not know');
});

it('An HTTPS_PROXY of https:// before a proxy of http is named beside the port of the vendor', async () => {
	const proxy = createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const { HTTPS_PROXY: before } = process.env;
	process.env.HTTPS_PROXY = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	try {
		const { error, run: stored } = await run(tiny, {
			parameters: { resource: 'thing', operation: 'create', name: 'a' },
			credential: { key: 'k', baseUrl: 'https://vendor.example' },
		});
		// Node.js says the same of both.
		expect(error?.message).toBe('vendor.example does not speak https at this port');
		expect(error?.description).toMatch(
			/^Check the port of the address in the credential.*If HTTPS_PROXY is set, check that it begins with http:/,
		);
		expect(everything(stored)).not.toContain('may have worked');
	} finally {
		if (before === undefined) delete process.env.HTTPS_PROXY;
		else process.env.HTTPS_PROXY = before;
		proxy.close();
	}
});
