#!/usr/bin/env bash
# n8n's extractUrl() takes the comma, the full stop and the bracket behind an address along; extractDomain() finds
# none in an address with an accent; and a file's name is a domain.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const url = (text) => evaluate(`{{ '${text}'.extractUrl() }}`);
const domain = (text) => evaluate(`{{ '${text}'.extractDomain() }}`);
const page = 'https://acme.example/x';
told(`see ${page}, then`, { guess: page, seen: `${page},` }, url(`see ${page}, then`));
told(`(${page})`, { guess: page, seen: `${page})` }, url(`(${page})`));
told(`see ${page}. Then`, { guess: page, seen: `${page}.` }, url(`see ${page}. Then`));
told(
	'the domain of https://acme.com.br/x',
	{ seen: 'acme.com.br' },
	domain('https://acme.com.br/x'),
);
told(
	'of https://ação.com.br/x',
	{ guess: 'ação.com.br', seen: undefined },
	domain('https://ação.com.br/x'),
);
told(
	"'notes.txt'.isDomain()",
	{ guess: false, seen: true },
	evaluate("{{ 'notes.txt'.isDomain() }}"),
);
JS
