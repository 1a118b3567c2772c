#!/usr/bin/env bash
# Zod 3 and 4: a URL is what has a colon, and version 4 cuts off the blanks around it; e-mail addresses with signs that
# they may have are refused; a missing text that is coerced is the word undefined to version 3, and a Date is an object
# to version 4, where every property is optional.
. "$(dirname "$0")/lib/lib.sh"
packages zod3@npm:zod@3.25.76 zod4@npm:zod@4.6.7
probe <<'JS'
import { require, told } from './told.mjs';
const versions = [require('zod3').z, require('zod4').z];
/** What versions 3 and 4 make of a value. */
const both = (schema, value) => versions.map((z) => schema(z).safeParse(value).data ?? 'refused');
const url = (text, expected) =>
	told(
		`url '${text}'`,
		expected,
		both((z) => z.string().url(), text),
	);
const email = (text, expected) =>
	told(
		`email '${text}'`,
		expected,
		both((z) => z.string().email(), text),
	);
const refused = ['refused', 'refused'];

const name = 'Contato: ana';
url(name, { guess: refused, seen: [name, name] });
const port = 'acme.example:8080';
url(port, { guess: refused, seen: [port, port] });
url('acme.example', { seen: refused });
const blanks = ' https://acme.example/a b ';
url(blanks, { guess: refused, seen: [blanks, 'https://acme.example/a b'] });

const ampersand = 'a&b@acme.example';
email(ampersand, { guess: [ampersand, ampersand], seen: refused });
const slash = 'a/b@acme.example';
email(slash, { guess: [slash, slash], seen: refused });
const cyrillic = 'ana@acme.xn--p1ai';
email(cyrillic, { guess: [cyrillic, cyrillic], seen: refused });
const apostrophe = "d'avila@acme.example";
email(apostrophe, { seen: [apostrophe, apostrophe] });

told(
	'a coerced string that is missing from an object',
	{ guess: refused, seen: [{ name: 'undefined' }, 'refused'] },
	both((z) => z.object({ name: z.coerce.string() }), {}),
);
told(
	'a Date for an object with an optional name',
	{ guess: refused, seen: ['refused', {}] },
	both((z) => z.object({ name: z.string().optional() }), new Date(0)),
);
JS
