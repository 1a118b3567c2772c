#!/usr/bin/env bash
# Node's URL: a host name that is set with a port, and a scheme of another kind, are ignored without a word; a host
# that is set keeps the port; the digits before a letter are a port.
. "$(dirname "$0")/lib/lib.sh"
of_node 24.21.0
probe <<'JS'
import { told } from './told.mjs';
const after = (address, change) => Object.assign(new URL(address), change).href;
const here = 'https://a.example:444/';
told(
	"hostname = 'b.example:555'",
	{ guess: 'https://b.example:555/', seen: here },
	after(here, { hostname: 'b.example:555' }),
);
told(
	"host = 'b.example'",
	{ guess: 'https://b.example/', seen: 'https://b.example:444/' },
	after(here, { host: 'b.example' }),
);
told(
	"host = 'b.example:555'",
	{ seen: 'https://b.example:555/' },
	after(here, { host: 'b.example:555' }),
);
told(
	"protocol = 'sftp'",
	{ guess: 'sftp://a.example:444/', seen: here },
	after(here, { protocol: 'sftp' }),
);
told(
	"port = '80 or so'",
	{ guess: here, seen: 'https://a.example:80/' },
	after(here, { port: '80 or so' }),
);
told(
	"pathname = 'a?b'",
	{ guess: 'https://a.example:444/a?b', seen: 'https://a.example:444/a%3Fb' },
	after(here, { pathname: 'a?b' }),
);
JS
