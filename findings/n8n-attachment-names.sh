#!/usr/bin/env bash
# n8n's reader of an answer's headers: an apostrophe ends a file's name in `filename*`, also where it is encoded, a
# semicolon in quotes ends one too, and a name in quotes is decoded as if it were a part of a URL.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/backend-network@1.15.1
probe <<'JS'
import { require, told } from './told.mjs';
require('reflect-metadata');
const { parseIncomingMessage } = require('@n8n/backend-network');
const read = (headers) => {
	const message = { headers };
	parseIncomingMessage(message);
	return message;
};
const name = (parameter) =>
	read({ 'content-disposition': `attachment; ${parameter}` }).contentDisposition.filename;

const encoded = "filename*=UTF-8''Jo%C3%A3o%20D%27%C3%81vila.pdf";
told(encoded, { guess: "João D'Ávila.pdf", seen: 'João D' }, name(encoded));
const quoted = `filename="Ana D'Avila.pdf"`;
told(quoted, { seen: "Ana D'Avila.pdf" }, name(quoted));
const semicolon = 'filename="offer; signed.pdf"';
told(semicolon, { guess: 'offer; signed.pdf', seen: '"offer' }, name(semicolon));
const percent = 'filename="offer%20100%25.pdf"';
told(percent, { guess: 'offer%20100%25.pdf', seen: 'offer 100%.pdf' }, name(percent));
const escaped = 'filename="offer \\"final\\".pdf"';
told(escaped, { guess: 'offer "final".pdf', seen: 'offer \\"final\\".pdf' }, name(escaped));
const latin = "filename*=ISO-8859-1''or%E7amento.pdf";
told(latin, { guess: 'orçamento.pdf', seen: 'or%E7amento.pdf' }, name(latin));
const type = 'text/csv ; charset=utf-8';
told(type, { guess: 'text/csv', seen: 'text/csv ' }, read({ 'content-type': type }).contentType);
JS
