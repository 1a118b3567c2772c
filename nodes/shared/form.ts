import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { type Field, flag, number } from './fields';
import type { BatchOperation, Operation } from './operation';

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = number({
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
});

const simplify = flag({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** All fields of an operation's form: its own, and those that its answer brings with it. */
export function fieldsOf({ fields, output }: Pick<Operation, 'fields' | 'output'>): readonly Field[] {
	return [...fields, ...(output.pages ? [returnAll, limit] : []), ...(output.simplify ? [simplify] : [])];
}

/** Reads a form item by item. What holds no expression is the same for all items and resolved once. */
export class Form {
	private readonly fields: readonly Field[];
	private readonly constants = new Map<string, unknown>();
	private readonly context: IExecuteFunctions;

	constructor(context: IExecuteFunctions, operation: Operation | BatchOperation) {
		this.context = context;
		this.fields = fieldsOf(operation);
		for (const { name, property } of this.fields) {
			const raw = context.getNodeParameter(name, 0, property.default, { rawExpressions: true });
			if (!holdsExpression(raw)) this.constants.set(name, this.resolve(property, 0));
		}
	}

	/**
	 * @returns the fields' values for one item, by name
	 * @throws UserError with a sentence about the first field that does not fit
	 */
	read(index: number): Record<string, unknown> {
		const json = this.context.getInputData()[index]?.json ?? {};
		const item = { index, json, context: this.context };
		const values: Record<string, unknown> = {};
		for (const { name, property, read } of this.fields) {
			const constant = this.constants.has(name);
			values[name] = read(constant ? this.constants.get(name) : this.resolve(property, index), item);
		}
		return values;
	}

	private resolve({ name, default: fallback }: INodeProperties, index: number): unknown {
		return this.context.getNodeParameter(name, index, fallback);
	}
}

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}
