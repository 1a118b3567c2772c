#!/usr/bin/env bash
# n8n-workflow: a change inside a trigger's static data is noticed, and so saved, where it was loaded with the
# workflow; inside what was set since then it is not, so the second push() to a list begun in this process is lost.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { Workflow } = require('n8n-workflow');
const node = {
	id: '1',
	name: 'Hook',
	type: 'test.hook',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const started = (staticData) => {
	const nodeTypes = {
		getByName: () => undefined,
		getByNameAndVersion: () => ({ description: { properties: [] } }),
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		staticData,
	});
	const data = workflow.getStaticData('node', node);
	const noticed = (change) => {
		workflow.staticData.__dataChanged = false;
		change(data);
		return workflow.staticData.__dataChanged;
	};
	return noticed;
};

const loaded = started({ 'node:Hook': { seen: ['a'] } });
told(
	'push() to a list that was loaded',
	{ seen: true },
	loaded((data) => data.seen.push('b')),
);
const fresh = started({});
told(
	'a list that is set',
	{ seen: true },
	fresh((data) => (data.seen = ['a'])),
);
told(
	'push() to it',
	{ guess: true, seen: false },
	fresh((data) => data.seen.push('b')),
);
told(
	'setting it to what it is',
	{ guess: false, seen: true },
	fresh((data) => (data.seen = data.seen)),
);
JS
