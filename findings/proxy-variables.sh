#!/usr/bin/env bash
# proxy-from-env, which n8n's requests go by: a proxy without a scheme gets the address's, so HTTPS_PROXY=proxy:3128
# is spoken to in TLS; NO_PROXY is not curl's, which covers subdomains and networks.
. "$(dirname "$0")/lib/lib.sh"
packages proxy-from-env@1.1.0
probe <<'JS'
import { require, told } from './told.mjs';
const { getProxyForUrl } = require('proxy-from-env');
const proxy = (url, variables) => {
	for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
	Object.assign(process.env, variables);
	return getProxyForUrl(url);
};
const server = 'http://proxy.example:3128';
const except = (NO_PROXY, url) => proxy(url, { HTTPS_PROXY: server, NO_PROXY });

told(
	'HTTPS_PROXY=proxy.example:3128 for https://acme.example',
	{ guess: server, seen: 'https://proxy.example:3128' },
	proxy('https://acme.example', { HTTPS_PROXY: 'proxy.example:3128' }),
);
told(
	'NO_PROXY=acme.example for api.acme.example',
	{ guess: '', seen: server },
	except('acme.example', 'https://api.acme.example'),
);
told(
	'NO_PROXY=.acme.example for acme.example',
	{ guess: '', seen: server },
	except('.acme.example', 'https://acme.example'),
);
told(
	'NO_PROXY=*acme.example for otheracme.example',
	{ guess: server, seen: '' },
	except('*acme.example', 'https://otheracme.example'),
);
told(
	'NO_PROXY=10.0.0.0/8 for 10.1.2.3',
	{ guess: '', seen: server },
	except('10.0.0.0/8', 'https://10.1.2.3'),
);
told('NO_PROXY=10.* for 10.1.2.3', { guess: '', seen: server }, except('10.*', 'https://10.1.2.3'));
told('NO_PROXY=::1 for [::1]', { guess: '', seen: server }, except('::1', 'https://[::1]'));
told(
	'HTTPS_PROXY empty, ALL_PROXY set',
	{ guess: '', seen: server },
	proxy('https://acme.example', { HTTPS_PROXY: '', ALL_PROXY: server }),
);
JS
