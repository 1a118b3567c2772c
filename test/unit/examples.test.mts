import { readdir, readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { ConvertalkTrigger } from '../../nodes/Convertalk/ConvertalkTrigger.node.ts';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { ZenviaSalesTrigger } from '../../nodes/ZenviaSales/ZenviaSalesTrigger.node.ts';
import { readEvent } from '../../nodes/ZenviaSales/trigger/events.ts';
import { usualMost } from '../../nodes/engine/operation/guardRails.ts';
import { formulaStart } from '../../nodes/engine/util/formula.ts';
import { readVendors } from '../../dev/packages/vendor.mts';
import type { Workflow, WorkflowNode } from '../../dev/n8n/workflow.mts';
import { versionThatReads } from '../../nodes/engine/form/fields.ts';

const triggers: Record<string, INodeTypeDescription> = Object.fromEntries(
	[
		new ConvertalkTrigger(),
		new SalesflowTrigger(),
		new SaleswhaleTrigger(),
		new ZenviaSalesTrigger(),
	].map(({ description }) => [description.name, description]),
);

const folder = new URL('../../examples/', import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
const workflows = await Promise.all(
	files.map(
		async (file) =>
			[file, JSON.parse(await readFile(new URL(file, folder), 'utf8'))] as [string, Workflow],
	),
);
const docs = await readFile(new URL('../../docs/examples.md', import.meta.url), 'utf8');
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

const guarded = new Set(
	(await readVendors()).flatMap(({ resources }) =>
		resources.flatMap(({ value, operations }) =>
			operations
				.filter((operation) => 'many' in operation && operation.many)
				.map((operation) => `${value}.${operation.value}`),
		),
	),
);

/** Whether a node of ours refuses more items than its Most Items allows. */
const isBounded = ({ type, parameters: { resource, operation } }: WorkflowNode): boolean =>
	type.startsWith('n8n-nodes-sales-engagement.') &&
	guarded.has(`${String(resource)}.${String(operation)}`);

/** What n8n's editor draws, in its pixels; the name of a node stands below it. */
const gridSize = 20;
const nodeSize = 100;
const nameHeight = 40;
const agentWidth = 260;

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What a code node makes of values, each as a field. */
function keptOut(jsCode: string, values: unknown[]): unknown[] {
	const $input = { all: () => values.map((value) => ({ json: { a: value } })) };
	const items = runInNewContext(`(() => { ${jsCode} })()`, { $input }) as Array<{
		json: { a: unknown };
	}>;
	return items.map(({ json }) => json.a);
}

/** Mobile numbers that Ofcom gives to nobody, for use in drama. */
const nobodys = /^447700900\d{3}$/;

/** All texts in something, and in the files in it. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, one]) =>
		name === 'data' && typeof one === 'string'
			? [Buffer.from(one, 'base64').toString()]
			: textsIn(one),
	);
}

const isNote = ({ type }: WorkflowNode): boolean => type.endsWith('.stickyNote');

function boxOf(node: WorkflowNode): Box {
	const { name, type, position: [left, top] = [0, 0], parameters } = node;
	const width = isNote(node)
		? Number(parameters.width)
		: type.endsWith('.agent')
			? agentWidth
			: nodeSize;
	const height = isNote(node) ? Number(parameters.height) : nodeSize + nameHeight;
	return { name, left, top, right: left + width, bottom: top + height };
}

const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Pairs of nodes that lie over each other. */
function overlaps({ nodes }: Workflow): string[] {
	const boxes = nodes.map(boxOf);
	return boxes.flatMap((a, index) =>
		boxes
			.slice(index + 1)
			.filter((b) => overlap(a, b))
			.map((b) => `${a.name} and ${b.name}`),
	);
}

describe.each(workflows)('the example %s', (file, workflow) => {
	const { name, nodes, connections } = workflow;

	it('has action nodes of a version that reads values as people mean them', () => {
		const own = nodes.filter(
			({ type }) => /engagement\.\w+$/.test(type) && !type.endsWith('Trigger'),
		);
		const old = own.filter(({ typeVersion }) => typeVersion < versionThatReads);
		expect(old.map((node) => node.name)).toEqual([]);
	});

	it('says in a sticky note what it does and what to fill in', () => {
		const notes = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
		expect(notes).toEqual([expect.stringMatching(/^## .+\n.{40,}[\s\S]*\*\*Fill in:\*\* .{20,}/)]);
	});

	it('is laid out on the grid, with nothing over anything else', () => {
		const places = nodes.map(
			(node) => [node.name, ...(node.position ?? [])] as [string, number, number],
		);
		expect(places.filter(([, x, y]) => x % gridSize !== 0 || y % gridSize !== 0)).toEqual([]);
		expect(overlaps(workflow)).toEqual([]);
	});

	it('has nodes with names in plain words, all connected', () => {
		const own = nodes.filter((node) => !isNote(node));
		for (const node of own) expect(node.name).toMatch(/^[A-Z][A-Za-z -]+\??$/);
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
		const targets = JSON.stringify(connections);
		const loose = own.filter(
			(node) => !(node.name in connections) && !targets.includes(`"${node.name}"`),
		);
		expect(loose).toEqual([]);
	});

	it('names its credentials, and holds no key and no id of an account', () => {
		for (const { credentials = {} } of nodes) {
			for (const credential of Object.values(credentials)) {
				expect(credential).toEqual({ name: expect.any(String) });
			}
		}
	});

	it('lets nobody in by a form or a webhook of n8n but who knows a password, and says so', () => {
		const entries = nodes.filter(({ type }) => /nodes-base\.(formTrigger|webhook)$/.test(type));
		const note = String(nodes.find(isNote)?.parameters.content);
		for (const { parameters, credentials } of entries) {
			expect(parameters.authentication).toBe('basicAuth');
			expect(credentials).toEqual({ httpBasicAuth: { name: 'Form Users' } });
			expect(note).toContain('**Who may use it:**');
		}
	});

	it('says which of its nodes refuses a long list, and what to do', () => {
		const takesFile = nodes.some(({ parameters }) => JSON.stringify(parameters).includes('"file"'));
		const bounded = takesFile ? nodes.filter(isBounded).map((node) => node.name) : [];
		const note = String(nodes.find(isNote)?.parameters.content);
		for (const node of bounded)
			expect(note).toContain(
				`For a file of more than ${usualMost} rows, raise *Most Items* in the options of *${node}*.`,
			);
	});

	it('speaks of a file of strangers only if its form takes a file', () => {
		const note = String(nodes.find(isNote)?.parameters.content);
		if (!note.includes('a file of strangers')) return;
		const forms = nodes.filter(({ type }) => type.endsWith('.formTrigger'));
		expect(JSON.stringify(forms)).toContain('"fieldType":"file"');
	});

	it('has triggers of this package in their newest version, filled in as its form is', () => {
		for (const { type, typeVersion, parameters } of nodes) {
			const description = triggers[type.replace('n8n-nodes-sales-engagement.', '')];
			if (!description) continue;
			const { version, defaultVersion = version, properties } = description;
			expect(typeVersion).toBe(defaultVersion);
			const fields = [
				...properties,
				...properties.flatMap(({ options = [] }) => options as INodeProperties[]),
			];
			const filled = { ...parameters, ...(parameters.options as object) };
			for (const [name, value] of Object.entries(filled)) {
				if (name === 'pollTimes' || name === 'options') continue;
				const kinds = fields.filter((field) => field.name === name).map((field) => field.type);
				expect([name, kinds.length > 0]).toEqual([name, true]);
				expect([name, Array.isArray(value)]).toEqual([name, kinds.includes('multiOptions')]);
			}
		}
	});

	it('has items pinned to what starts it by an event or a form, so that it runs before there is one', () => {
		const waiting = nodes.filter(({ type }) => type.endsWith('Trigger'));
		const isAtHand = ({ type }: WorkflowNode) => /(manual|schedule)Trigger$/.test(type);
		const names = waiting.filter((node) => !isAtHand(node)).map((node) => node.name);
		expect(Object.keys(workflow.pinData ?? {}).sort()).toEqual(names.sort());
		for (const items of Object.values(workflow.pinData ?? {}))
			expect(items).toEqual([expect.objectContaining({ json: expect.any(Object) })]);
	});

	it('holds no phone number that somebody may have: it is sent before it is looked at', () => {
		const forms = nodes.filter(({ type }) => type.endsWith('.formTrigger'));
		const pinned = forms.flatMap((node) => workflow.pinData?.[node.name] ?? []);
		const written = nodes.filter(({ type }) => /\.(set|code)$/.test(type));
		const texts = textsIn([pinned, written.map(({ parameters }) => parameters)]);
		const phones = texts.flatMap((text) =>
			[...text.matchAll(/\+\d[\d ().-]{7,}\d/g)].map(([one]) => one),
		);
		expect(phones.filter((one) => !nobodys.test(one.replace(/\D/g, '')))).toEqual([]);
		if (file === 'zenvia-csv-with-report.json') expect(phones).toHaveLength(2);
	});

	it('writes no file that a spreadsheet runs', () => {
		const files = nodes.filter(({ type }) => type.endsWith('.convertToFile'));
		for (const file of files) {
			const sources = Object.entries(connections as Record<string, unknown>).filter(([, targets]) =>
				JSON.stringify(targets).includes(`"${file.name}"`),
			);
			expect(sources.map(([source]) => source)).toEqual(['Keep Formulas Out']);
			const { jsCode } = nodes.find((one) => one.name === 'Keep Formulas Out')?.parameters ?? {};
			expect(
				keptOut(String(jsCode), ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', 'a=1', '', 7]),
			).toEqual(["'=1+1", "'+1", "'-1", "'@a", "'\t=1", "'\r=1", 'a=1', '', 7]);
		}
		const sheets = nodes.filter(({ type }) => type.endsWith('.googleSheets'));
		for (const { parameters } of sheets) expect(parameters.options).toEqual({ cellFormat: 'RAW' });
	});

	it('is in docs/examples.md, under its own name', () => {
		expect(docs).toContain(`[${name}](../examples/${file}):`);
	});
});

it('keep formulas out by the rule by which lists are returned as CSV files', () => {
	const codes = workflows
		.flatMap(([, { nodes }]) => nodes)
		.filter(({ name }) => name === 'Keep Formulas Out')
		.map(({ parameters }) => String((parameters as { jsCode?: string }).jsCode));
	expect(codes.length).toBeGreaterThan(2);
	for (const code of codes) expect(code).toContain(String(formulaStart));
});

describe('buffer-messages', () => {
	const [, { nodes }] = workflows.find(([file]) => file === 'buffer-messages.json') as [
		string,
		Workflow,
	];
	const { jsCode } = nodes.find(({ name }) => name === 'One Text')?.parameters ?? {};
	/** A message of the contact: its ID, by how many seconds after the first of all it came, and what it says. */
	const message = (id: string, second: number, content?: string) => ({
		id,
		createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
		output: { message: content === undefined ? { performer: 'integration' } : { content } },
	});
	const [d, c, b, a] = [
		message('d', 120, 'Do you deliver?'),
		message('c', 110, 'One question:'),
		message('b', 100, 'Hi'),
		message('a', 10, 'Long ago'),
	];
	const reaction = message('e', 125);
	/** What the execution of a message makes of the list of messages; n8n gives an empty item where there is none. */
	const textFor = (interaction: object, replies: readonly object[]): unknown =>
		JSON.parse(
			JSON.stringify(
				runInNewContext(`(() => { ${String(jsCode)} })()`, {
					$input: { all: () => (replies.length > 0 ? replies : [{}]).map((json) => ({ json })) },
					$: () => ({ first: () => ({ json: { interaction } }) }),
				}),
			),
		);
	const text = 'Hi\nOne question:\nDo you deliver?';

	it('takes the last of several messages for all of them, and the others for none', () => {
		const replies = [d, c, b, a];
		expect(textFor(d, replies)).toEqual([{ json: { text, count: 3 } }]);
		expect(textFor(c, replies)).toEqual([]);
		expect(textFor(b, replies)).toEqual([]);
	});

	it('takes a message that came alone for itself', () => {
		expect(textFor(a, [a])).toEqual([{ json: { text: 'Long ago', count: 1 } }]);
	});

	it('answers where the contact reacted after the last message: a reaction starts no execution', () => {
		expect(textFor(d, [reaction, d, c, b, a])).toEqual([{ json: { text, count: 3 } }]);
	});

	it('answers where the list does not have the message yet', () => {
		expect(textFor(d, [])).toEqual([{ json: { text: 'Do you deliver?', count: 1 } }]);
		expect(textFor(d, [c, b, a])).toEqual([{ json: { text, count: 3 } }]);
		const { alwaysOutputData } = nodes.find(({ name }) => name === 'Recent Messages') as {
			alwaysOutputData?: boolean;
		};
		expect(alwaysOutputData).toBe(true);
	});

	it('answers one of two messages of the same moment, in whatever order they are listed', () => {
		const twin = { ...d, id: 'c2' };
		// Each finds the other one first.
		const given = [textFor(d, [twin, d]), textFor(twin, [d, twin])];
		expect(given.filter((items) => (items as object[]).length > 0)).toHaveLength(1);
	});
});

/** Interactions with all signs of who wrote or called, and without. */
const interactions = [true, false, undefined].flatMap((proactive) =>
	[true, false, undefined].flatMap((bot) =>
		['integration', 'agent', 'other', undefined].flatMap((performer) =>
			[{ content: 'Hi' }, { attachment: {} }, { status: 'read' }].map((message) => ({
				...{ proactive, bot, via: 'whatsApp' },
				output: { message: { ...message, performer } },
			})),
		),
	),
);

/** What the trigger would tell of an interaction. */
const toldOf = (interaction: object): IDataObject | undefined =>
	readEvent({ topic: 'interactions', type: 'created', interaction } as IDataObject);

/** What an expression comes to for an item. */
const valueOf = (written: unknown, $json: object): unknown => {
	const [, expression = ''] = /^=\{\{ (.*) \}\}$/s.exec(String(written)) ?? [];
	return runInNewContext(expression, { $json });
};

const workflowOf = (name: string): Workflow =>
	(workflows.find(([file]) => file === name) as [string, Workflow])[1];

describe.each([
	['zenvia-mirror-messages.json', 'Record', (one: object) => toldOf(one) ?? {}],
	['zenvia-export-year.json', 'Columns', (one: object) => one],
])('%s', (file, node, itemOf) => {
	const { parameters } = workflowOf(file).nodes.find(({ name }) => name === node) as WorkflowNode;
	const { assignments } = parameters as {
		assignments: { assignments: Array<{ name: string; value: string }> };
	};
	const { value } = assignments.assignments.find(({ name }) => name === 'direction') ?? {};
	const calls = ['inboundCall', 'outboundCall', 'phoneCall'].map((via) => ({ via, output: {} }));
	const notes = [
		{ proactive: false, via: 'other', output: { comment: 'VIP' } },
		{ proactive: true },
	];
	const ofExport = file.includes('export') ? [...calls, ...notes] : [];
	const all = [...interactions, ...ofExport].filter(
		(one) => file.includes('export') || toldOf(one)?.direction !== undefined,
	);

	it('says of each message and call in which direction it went, as the trigger does', () => {
		const words: Record<string, string> = { incoming: 'in', outgoing: 'out' };
		for (const one of all) {
			const told = words[String(toldOf(one)?.direction)] ?? '';
			expect([one, valueOf(value, itemOf(one))]).toEqual([one, told]);
		}
	});
});

describe('zenvia-handover-with-history.json', () => {
	const { nodes } = workflowOf('zenvia-handover-with-history.json');
	const { parameters } = nodes.find(({ name }) => name === 'Write Note') as WorkflowNode;
	const noteOf = (list: object[]): unknown =>
		valueOf((parameters as IDataObject).content, { interactions: list });
	const message = { content: 'Hi' };
	const agent = { firstName: 'Ana' };

	it('takes nothing for the words of the contact that the trigger tells as sent', () => {
		for (const one of interactions) {
			const isOut = toldOf(one)?.direction === 'outgoing';
			expect([one, noteOf([one])]).toEqual([
				one,
				expect.stringMatching(isOut ? /^Bot: / : /^Contact: /),
			]);
		}
	});

	it('names who wrote, the oldest first, and leaves out what is no message', () => {
		const list = [
			{ proactive: false, output: { message } },
			{ proactive: false, output: { comment: 'VIP, hates calls' } },
			{ proactive: true, agent, output: {} },
			{ proactive: true, agent, output: { message: { attachment: {} } } },
			{ proactive: true, bot: true, agent, output: { message } },
		];
		expect(noteOf(list)).toBe('Bot: Hi\nAna: (no text)\nContact: Hi');
	});
});

describe.each(['behind-a-firewall.json', 'nightly-catch-up.json'])('%s', (name) => {
	const [, { nodes }] = workflows.find(([file]) => file === name) as [string, Workflow];
	const { parameters } = nodes.find((node) => node.name === 'From the Contact') as WorkflowNode;
	const { conditions } = (parameters as { conditions: { conditions: IDataObject[] } }).conditions;

	/** Whether the Filter node lets a record by. */
	const isLetBy = ($json: IDataObject): boolean =>
		conditions.every(({ leftValue }) => valueOf(leftValue, $json) === true);

	it('lets by of what is new what the trigger calls a message received, whatever signs are there', () => {
		const others = [{ proactive: false, via: 'visit', output: { comment: 'Note' } }, {}];
		for (const interaction of [...interactions, ...others]) {
			const isReceived = toldOf(interaction)?.event === 'messageReceived';
			expect([interaction, isLetBy(interaction as IDataObject)]).toEqual([interaction, isReceived]);
		}
	});
});

describe('docs/examples.md', () => {
	it('lists each example once and no other, and the README leads to it', () => {
		const listed = [...docs.matchAll(/\]\(\.\.\/examples\/([^)]+\.json)\)/g)].map(
			([, file]) => file,
		);
		expect(listed.sort()).toEqual([...files].sort());
		expect(readme).toContain('(docs/examples.md)');
	});
});
