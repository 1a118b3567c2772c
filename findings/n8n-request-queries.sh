#!/usr/bin/env bash
# n8n's httpRequest helper: in a query a list has numbers and a null is sent empty; in a form of the same values the
# list has none and the null is left out. A name that the address has already is sent twice.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/backend-network@1.15.1
probe <<'JS'
import { told } from './told.mjs';
import { echo, request } from './requests.mjs';
const values = { tag: ['a', 'b'], note: null };
const query = async (options) => {
	const got = await request({ url: `${echo}/`, method: 'GET', ...options });
	return decodeURIComponent(got.url.slice(2));
};
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
const form = await request({ url: echo, method: 'POST', headers, body: values });

told(
	"{ tag: ['a', 'b'], note: null } as a query",
	{ guess: 'tag[]=a&tag[]=b', seen: 'tag[0]=a&tag[1]=b&note=' },
	await query({ qs: values }),
);
told(
	'the same as a form',
	{ guess: 'tag=a,b&note=null', seen: 'tag[]=a&tag[]=b' },
	decodeURIComponent(form.body),
);
told(
	'?page=1 and { page: 2 }',
	{ seen: 'page=1&page=2' },
	await query({ url: `${echo}/?page=1`, qs: { page: 2 } }),
);
JS
