#!/usr/bin/env bash
# formidable, behind n8n's webhooks: what is left of a file's name with quotes is what follows the last backslash,
# `filename*` is not read, and it is the part's type, not its name, that makes a file of a field.
. "$(dirname "$0")/lib/lib.sh"
packages formidable@3.5.4
probe <<'JS'
import { Readable } from 'node:stream';
import { formidable } from 'formidable';
import { told } from './told.mjs';
/** The fields and the names of the files in a form of one part. */
const read = async (...headers) => {
	const body = ['--b', ...headers, '', 'hello', '--b--', ''].join('\r\n');
	const request = Readable.from([Buffer.from(body)]);
	request.headers = {
		'content-type': 'multipart/form-data; boundary=b',
		'content-length': Buffer.byteLength(body),
	};
	const [fields, files] = await formidable().parse(request);
	const names = Object.entries(files).map(([name, [file]]) => [name, file.originalFilename]);
	return { fields: { ...fields }, files: Object.fromEntries(names) };
};
const disposition = 'Content-Disposition: form-data';
const pdf = 'Content-Type: application/pdf';
const file = async (name) => (await read(`${disposition}; name="f"; ${name}`, pdf)).files.f;

const quoted = 'offer "final".pdf';
told(
	`${quoted} as browsers send it`,
	{ seen: quoted },
	await file('filename="offer %22final%22.pdf"'),
);
told(
	`${quoted} as curl's --form-escape sends it`,
	{ guess: quoted, seen: '".pdf' },
	await file('filename="offer \\"final\\".pdf"'),
);
const encoded = "filename*=UTF-8''or%C3%A7amento.pdf";
told(encoded, { guess: 'orçamento.pdf', seen: null }, await file(encoded));
told(
	`filename="orcamento.pdf"; ${encoded}`,
	{ guess: 'orçamento.pdf', seen: 'orcamento.pdf' },
	await file(`filename="orcamento.pdf"; ${encoded}`),
);
told(
	'a type and no name of a file',
	{ guess: { fields: { f: ['hello'] }, files: {} }, seen: { fields: {}, files: { f: null } } },
	await read(`${disposition}; name="f"`, 'Content-Type: text/plain; charset=utf-8'),
);
told(
	'the name of a file and no type',
	{
		guess: { fields: {}, files: { f: 'a.pdf' } },
		seen: { fields: { f: ['hello'] }, files: {} },
	},
	await read(`${disposition}; name="f"; filename="a.pdf"`),
);
told(
	'a field called size "M", as browsers send it',
	{ guess: ['size "M"'], seen: ['size %22M%22'] },
	Object.keys((await read(`${disposition}; name="size %22M%22"`)).fields),
);
JS
