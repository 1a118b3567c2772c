#!/usr/bin/env bash
# Node's URL: an address without a scheme is a URL if there is a colon in it. What stands before the colon is the
# scheme, a user's name or a host alike, and user, password and host are empty; it takes an address that begins with
# a digit for none.
. "$(dirname "$0")/lib/lib.sh"
of_node 24.21.0
probe <<'JS'
import { told } from './told.mjs';
const read = (text) => {
	const { protocol, username, password, hostname, pathname } = URL.parse?.(text) ?? new URL(text);
	return { protocol, username, password, hostname, pathname };
};
const nobody = { username: '', password: '', hostname: '' };
told('canParse of acme.example', { seen: false }, URL.canParse('acme.example'));
told('of acme.example:8080', { guess: false, seen: true }, URL.canParse('acme.example:8080'));
told('of 10.0.0.1:8080', { seen: false }, URL.canParse('10.0.0.1:8080'));
told(
	'acme.example:8080',
	{
		guess: { ...nobody, hostname: 'acme.example' },
		seen: { protocol: 'acme.example:', ...nobody, pathname: '8080' },
	},
	read('acme.example:8080'),
);
told(
	'ana:pass@proxy.example',
	{
		guess: {
			protocol: '',
			username: 'ana',
			password: 'pass',
			hostname: 'proxy.example',
			pathname: '',
		},
		seen: { protocol: 'ana:', ...nobody, pathname: 'pass@proxy.example' },
	},
	read('ana:pass@proxy.example'),
);
JS
