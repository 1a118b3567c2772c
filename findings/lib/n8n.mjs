import { require } from './told.mjs';

const { Workflow } = require('n8n-workflow');
const node = {
	id: '1',
	name: 'Set',
	type: 'test.set',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What n8n-workflow makes of a field's expression (`{{ … }}`) in a workflow of one node. */
export function evaluate(expression, timezone = 'UTC') {
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		settings: { timezone },
		nodeTypes: {
			getByName: () => undefined,
			getByNameAndVersion: () => ({ description: { properties: [] } }),
			getKnownTypes: () => ({}),
		},
	});
	return workflow.expression.resolveSimpleParameterValue(
		`=${expression}`,
		{},
		null,
		0,
		0,
		'Set',
		[],
		'manual',
		{},
	);
}
