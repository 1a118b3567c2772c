import { group } from '../form/collections';
import { isEmpty } from '../form/empty';
import { type Field, fieldError } from '../form/fields';
import { options } from '../form/fieldSets';
import { newFlag } from '../form/flag';
import { number } from '../form/number';
import { isRecord } from '../util/json';
import type { Operation } from './operation';

/** Most items of a run where nobody chose a number. */
export const usualMost = 500;

const dryRun = newFlag({
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to check all items, look up what they name and say what would happen, and write nothing',
});

const mostItems = (since: number) =>
	number({
		displayName: 'Most Items',
		name: 'mostItems',
		type: 'number',
		default: usualMost,
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { '@version': [{ _cnd: { gte: since } }] } },
		description: 'If the node gets more input items than this, it sends nothing',
	});

/** The set of options of an operation that has none of its own. */
const plain = options([]);

/** What was made of a set of options, by the first version with Most Items: a set is one field for all its operations. */
const made = new Map<number | undefined, Map<Field, Field>>();

/** A set of options, and the guard-rails in it. */
function withGuardRails(set: Field, since: number | undefined): Field {
	const known = made.get(since) ?? new Map<Field, Field>();
	made.set(since, known);
	const guards = [dryRun, ...(since === undefined ? [] : [mostItems(since)])];
	const members = [...(set.members ?? []), ...guards].sort((one, other) =>
		one.property.displayName.localeCompare(other.property.displayName),
	);
	const whole = known.get(set) ?? guarded(group(set.property, members));
	known.set(set, whole);
	return whole;
}

/** Who adds Dry Run wants nothing to be written: one that comes out empty is no leave to write. */
const guarded = (set: Field): Field => ({
	...set,
	read: (raw, item) => {
		if (!item.isTool && isRecord(raw) && Object.hasOwn(raw, dryRun.name) && isEmpty(raw.dryRun))
			throw fieldError(dryRun.property, 'is empty', 'Turn it on or off, or remove the option.');
		return set.read(raw, item);
	},
});

/** What of an operation says which guard-rails it has. */
type Guarded = Pick<Operation, 'writes' | 'many'>;

/** An operation's fields; where it writes, with the guard-rails in its options. */
export function guardedFields(
	fields: readonly Field[],
	{ writes, many }: Guarded,
): readonly Field[] {
	if (!writes) return fields;
	const own = fields.find(({ name }) => name === plain.name);
	const set = withGuardRails(own ?? plain, many?.since);
	return own ? fields.map((each) => (each === own ? set : each)) : [...fields, set];
}

/** What somebody chose in an operation's options. */
export interface Guards {
	/** Whether nothing may be written. */
	isDry: boolean;
	/** Most items that a run may write for. */
	mostItems: number;
}

/** The guard-rails that the values of an item choose. */
export function guardsOf({ options: chosen }: Record<string, unknown>): Guards {
	const { dryRun: dry, mostItems: most } = isRecord(chosen) ? chosen : {};
	return { isDry: dry === true, mostItems: typeof most === 'number' ? most : usualMost };
}
