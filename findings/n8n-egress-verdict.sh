#!/usr/bin/env bash
# n8n: what the filter for outgoing requests, which nodes are given as getSecureEgressFilter, says of an address. Of one
# that it takes and of one that it does not it gives a verdict; where the name cannot be looked up, it throws instead.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-core@2.41.1 n8n-workflow@2.41.0
probe <<'JS'
import { createRequire } from 'node:module';
import { require, told } from './told.mjs';
require('reflect-metadata');
const ofCore = createRequire(require.resolve('n8n-core'));
const { Container } = ofCore('@n8n/di');
const { SsrfProtectionService } = ofCore('@n8n/backend-network');
const filter = Container.get(SsrfProtectionService);
const said = async (url) =>
	await filter.validateUrl(url).then(
		({ ok }) => `a verdict: ${ok}`,
		// Which of the two depends on whether any name server answers.
		({ code }) => `thrown: ${/^(ENOTFOUND|EAI_AGAIN)$/.test(code) ? 'not found' : code}`,
	);

told('a public address', { seen: 'a verdict: true' }, await said('https://8.8.8.8/'));
told('an address of the inside', { seen: 'a verdict: false' }, await said('https://10.0.0.1/'));
told('what is no address', { seen: 'a verdict: false' }, await said('no address'));
told(
	'a name that cannot be looked up (RFC 6761, 6.4)',
	{ guess: 'a verdict: false', seen: 'thrown: not found' },
	await said('https://files.invalid/'),
);
JS
