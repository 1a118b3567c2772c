#!/usr/bin/env bash
# Nodemailer, behind n8n's Send Email: of two addresses on two lines one gets the mail, a colon in a name makes a group,
# two addresses in one object are one with quotes, and a voice message goes as application/octet-stream.
. "$(dirname "$0")/lib/lib.sh"
packages nodemailer@8.0.10
probe <<'JS'
import { require, told } from './told.mjs';
const { createTransport } = require('nodemailer');
const transport = createTransport({ streamTransport: true, buffer: true });
const mail = (more) => transport.sendMail({ from: 'crm@acme.example', text: 'Hi', ...more });
const recipients = async (to) => (await mail({ to })).envelope.to;
const header = async (to) => /^To: (.*)/m.exec((await mail({ to })).message)[1].trim();
const ana = 'ana@acme.example';
const bia = 'bia@acme.example';

told('two on two lines', { guess: [ana, bia], seen: [ana] }, await recipients(`${ana}\n${bia}`));
told(
	'two with a blank between',
	{ guess: [ana, bia], seen: [ana] },
	await recipients(`${ana} ${bia}`),
);
told('two with a semicolon', { seen: [ana, bia] }, await recipients(`${ana}; ${bia}`));
told(
	'{ name, address: two with a comma }',
	{ guess: [ana, bia], seen: [`"${ana}, bia"@acme.example`] },
	await recipients({ name: 'Sales', address: `${ana}, ${bia}` }),
);
told(
	`Silva, Ana <${ana}>`,
	{ guess: `Silva, Ana <${ana}>`, seen: `"Silva, Ana" <${ana}>` },
	await header(`Silva, Ana <${ana}>`),
);
told(
	`Acme: Ana <${ana}>`,
	{ guess: `"Acme: Ana" <${ana}>`, seen: `Acme:Ana <${ana}>;` },
	await header(`Acme: Ana <${ana}>`),
);
told(
	`mailto:${ana}`,
	{ guess: `mailto:${ana}`, seen: `mailto:${ana};` },
	await header(`mailto:${ana}`),
);
told(
	`write to ${ana} today`,
	{ guess: [], seen: [ana] },
	await recipients(`write to ${ana} today`),
);

const type = async (filename) => {
	const { message } = await mail({ to: ana, attachments: [{ filename, content: 'x' }] });
	return /^Content-Type: ([^;]*); name=/m.exec(message)[1];
};
told('ana.vcf', { seen: 'text/x-vcard' }, await type('ana.vcf'));
told(
	'voice.ogg',
	{ guess: 'audio/ogg', seen: 'application/octet-stream' },
	await type('voice.ogg'),
);
told(
	'voice.m4a',
	{ guess: 'audio/mp4', seen: 'application/octet-stream' },
	await type('voice.m4a'),
);
JS
