import { describe, expect, it } from '@jest/globals';
import {
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	Workflow,
} from 'n8n-workflow';
import { vendors } from '../../dev/vendors.mts';

interface Look {
	parameters: IDataObject;
	/** What the node before gave; none where it has not run. */
	count: number;
	typeVersion?: number;
}

/** The hints that the editor shows before a run: it asks n8n for each condition, with what the node before gave. */
function shown(name: string, { parameters, count, typeVersion }: Look): string[] {
	const node = vendors.find((one) => one.name === name)?.node;
	if (!node) throw new Error(`There is no node ${name}.`);
	const { hints = [], defaultVersion = 1 } = node.description;
	const workflow = new Workflow({
		...{ id: '1', active: false, connections: {} },
		nodes: [
			{
				...{ id: '1', name: 'Node', type: name, position: [0, 0] as [number, number] },
				typeVersion: typeVersion ?? defaultVersion,
				parameters: parameters as INodeParameters,
			},
		],
		nodeTypes: { getByNameAndVersion: () => node } as unknown as INodeTypes,
	});
	const items: INodeExecutionData[] = Array.from({ length: count }, () => ({ json: {} }));
	const isMet = (condition = ''): boolean => {
		try {
			const { expression } = workflow;
			return (
				expression.getParameterValue(condition, null, 0, 0, 'Node', items, 'manual', {}) === true
			);
		} catch {
			return false;
		}
	};
	expect(hints.map(({ whenToDisplay }) => whenToDisplay)).toEqual(
		hints.map(() => 'beforeExecution'),
	);
	return hints
		.filter(({ displayCondition }) => isMet(displayCondition))
		.map(({ message }) => message);
}

const template = { resource: 'message', operation: 'sendTemplate' };
const one = 'This sends one template for each input item.';
const over =
	"There are more input items than 'Most Items' allows, so nothing would be sent. Raise 'Most Items' if they are meant.";

describe('Before a run, a hint', () => {
	it.each<[string, Look, string[]]>([
		['says that there is one for each of several items', { parameters: template, count: 2 }, [one]],
		['says nothing of one', { parameters: template, count: 1 }, []],
		['says nothing where the node before has not run', { parameters: template, count: 0 }, []],
		[
			'says nothing where nothing is written',
			{ parameters: { ...template, options: { dryRun: true } }, count: 900 },
			[],
		],
		['says that there are too many', { parameters: template, count: 501 }, [one, over]],
		[
			'goes by what was chosen',
			{ parameters: { ...template, options: { mostItems: 900 } }, count: 501 },
			[one],
		],
		[
			'does not say so of a version that does not count',
			{ parameters: template, count: 501, typeVersion: 1.1 },
			[one],
		],
		[
			'says nothing of what reads',
			{ parameters: { resource: 'prospect', operation: 'getAll' }, count: 10_000 },
			[],
		],
	])('%s', (_, look, messages) => {
		expect(shown('zenviaSales', look)).toEqual(messages);
	});

	it('says how long many items take, where the vendor names its pace', () => {
		const parameters = { resource: 'lead', operation: 'get' };
		expect(shown('saleswhale', { parameters, count: 100 })).toEqual([]);
		expect(shown('saleswhale', { parameters, count: 400 })).toEqual([
			'1,000 items at 5 a second take about 3 minutes. 10,000 items at 5 a second take about 34 minutes.',
		]);
		expect(shown('convertalk', { parameters, count: 400 })).toEqual([]);
	});
});
