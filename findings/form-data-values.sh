#!/usr/bin/env bash
# form-data: null and undefined are sent as those words, a boolean is an error, and of a file name with a folder only
# the name is sent, unless it is given as `filepath`.
. "$(dirname "$0")/lib/lib.sh"
packages form-data@4.0.6
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const FormData = require('form-data');
const written = (...field) =>
	outcome(() => {
		const form = new FormData();
		form.append(...field);
		return form.getBuffer().toString();
	});
const value = (given) => written('k', given).split('\r\n')[3] ?? written('k', given).split(':')[0];
const disposition = (options) => written('k', Buffer.from('a'), options).split('\r\n')[1];

told('null', { guess: '', seen: 'null' }, value(null));
told('undefined', { guess: 'TypeError', seen: 'undefined' }, value(undefined));
told('true', { guess: 'true', seen: 'TypeError' }, value(true));
told(
	"'2026/leads.csv' as filename",
	{
		guess: 'Content-Disposition: form-data; name="k"; filename="2026/leads.csv"',
		seen: 'Content-Disposition: form-data; name="k"; filename="leads.csv"',
	},
	disposition('2026/leads.csv'),
);
JS
