#!/usr/bin/env bash
# ics, of n8n's iCalendar node: names with a comma or a colon are not quoted, the comma of a category parts it, a day
# ends in a T, lines are folded by letters, 31 February is 3 March, and an empty title is the word undefined.
. "$(dirname "$0")/lib/lib.sh"
packages ics@2.40.0
probe <<'JS'
import { require, told } from './told.mjs';
const { createEvent } = require('ics');
const demo = { start: [2026, 11, 20, 10, 0], duration: { hours: 1 }, title: 'Demo', uid: '1' };
const lines = (event) => {
	const { error, value } = createEvent({ ...demo, ...event });
	if (error) throw error;
	return value.split('\r\n');
};
/** The one line of a property, without its folds. */
const line = (name, event) =>
	lines(event)
		.join('\n')
		.replaceAll('\n\t', '')
		.split('\n')
		.find((text) => text.startsWith(name));

told(
	'a comma in the title',
	{ seen: 'SUMMARY:Demo\\, Acme' },
	line('SUMMARY', { title: 'Demo, Acme' }),
);
told(
	'an attendee called Silva, Ana',
	{
		guess: 'ATTENDEE;RSVP=FALSE;CN="Silva, Ana":mailto:ana@acme.example',
		seen: 'ATTENDEE;RSVP=FALSE;CN=Silva, Ana:mailto:ana@acme.example',
	},
	line('ATTENDEE', { attendees: [{ name: 'Silva, Ana', email: 'ana@acme.example' }] }),
);
told(
	'an organizer called Sales: Ana',
	{
		guess: 'ORGANIZER;CN="Sales: Ana":mailto:ana@acme.example',
		seen: 'ORGANIZER;CN=Sales: Ana:mailto:ana@acme.example',
	},
	line('ORGANIZER', { organizer: { name: 'Sales: Ana', email: 'ana@acme.example' } }),
);
told(
	"categories ['a,b', 'c']",
	{ guess: 'CATEGORIES:a\\,b,c', seen: 'CATEGORIES:a,b,c' },
	line('CATEGORIES', { categories: ['a,b', 'c'] }),
);
told(
	'a day',
	{ guess: 'DURATION:P1D', seen: 'DURATION:P1DT' },
	line('DURATION', { duration: { days: 1 } }),
);
told(
	'[2026, 2, 31, 10, 0]',
	{ guess: 'an error', seen: 'DTSTART:20260303T100000Z' },
	line('DTSTART', { start: [2026, 2, 31, 10, 0] }),
);
told(
	'an empty title',
	{ guess: 'SUMMARY:', seen: 'SUMMARY:undefined' },
	line('SUMMARY', { title: '' }),
);
const longest = (title) => Math.max(...lines({ title }).map((text) => Buffer.byteLength(text)));
told('the longest line of 200 a, in bytes', { seen: 75 }, longest('a'.repeat(200)));
told('the longest line of 200 ã, in bytes', { guess: 75, seen: 149 }, longest('ã'.repeat(200)));
JS
