#!/usr/bin/env bash
# n8n-workflow: `isEmail()` is true of any text without a blank that has an e-mail address somewhere in it, so
# `extractDomain()` takes a web address with an e-mail address in its query for an e-mail address.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const isEmail = (text) => evaluate(`{{ '${text}'.isEmail() }}`);

told(
	'ana@acme.example;bia@acme.example',
	{ guess: false, seen: true },
	isEmail('ana@acme.example;bia@acme.example'),
);
told('Ana<ana@acme.example>', { guess: false, seen: true }, isEmail('Ana<ana@acme.example>'));
const page = 'https://crm.example/?owner=ana@acme.test';
told(`${page}, isEmail()`, { guess: false, seen: true }, isEmail(page));
told(
	`${page}, extractDomain()`,
	{ guess: 'crm.example', seen: 'acme.test' },
	evaluate(`{{ '${page}'.extractDomain() }}`),
);
JS
