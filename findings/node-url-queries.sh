#!/usr/bin/env bash
# Node's URL: who touches searchParams, even to delete what is not there, has the whole query written anew: a blank
# becomes a plus, and ~ ! ' ( ) are encoded, which breaks what was signed over it.
. "$(dirname "$0")/lib/lib.sh"
of_node 24.21.0
probe <<'JS'
import { told } from './told.mjs';
const address = "https://acme.example/?name=Ana%20Sousa~(1)!'";
const rewritten = 'https://acme.example/?name=Ana+Sousa%7E%281%29%21%27';
const after = (touch) => {
	const url = new URL(address);
	touch(url.searchParams);
	return url.href;
};
told(
	'as it was read',
	{ seen: 'https://acme.example/?name=Ana%20Sousa~(1)!%27' },
	new URL(address).href,
);
told(
	"delete('page'), which is not there",
	{ guess: 'https://acme.example/?name=Ana%20Sousa~(1)!%27', seen: rewritten },
	after((query) => query.delete('page')),
);
told(
	"set('page', '2')",
	{ guess: 'https://acme.example/?name=Ana%20Sousa~(1)!%27&page=2', seen: `${rewritten}&page=2` },
	after((query) => query.set('page', '2')),
);
told(
	'a list, undefined and null',
	{ guess: 'a=1&a=2', seen: 'a=1%2C2&b=undefined&c=null' },
	new URLSearchParams({ a: [1, 2], b: undefined, c: null }).toString(),
);
JS
