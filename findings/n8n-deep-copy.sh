#!/usr/bin/env bash
# n8n-workflow: `deepCopy` does not copy what has a `toJSON`, it takes what that gives; maps and sets come out empty.
# A list that stands in two places is copied twice, an object once.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { deepCopy } = require('n8n-workflow');
const copy = (value) => deepCopy({ value }).value;

const day = new Date('2026-11-28T10:00:00Z');
told('a Date', { guess: day, seen: '2026-11-28T10:00:00.000Z' }, copy(day));
told(
	'a Buffer',
	{ guess: Buffer.from('é'), seen: { type: 'Buffer', data: [195, 169] } },
	copy(Buffer.from('é')),
);
told('a Map', { guess: new Map([['a', 1]]), seen: {} }, copy(new Map([['a', 1]])));

const list = ['a'];
const lists = deepCopy({ first: list, second: list });
told(
	'one list in two places is one list in the copy',
	{ guess: true, seen: false },
	lists.first === lists.second,
);
const object = { a: 1 };
const objects = deepCopy({ first: object, second: object });
told(
	'one object in two places is one object in the copy',
	{ seen: true },
	objects.first === objects.second,
);
JS
