import type { INodeProperties } from 'n8n-workflow';
import { isNothing, pickedValue } from '../../engine/form/empty';
import { fieldError, type Field, field, type Property } from '../../engine/form/fields';
import { id } from '../../engine/form/id';
import { type Finds, located, type Located } from '../../engine/form/located';
import { resourceLocator } from '../../engine/form/resourceLocator';

/** The first version whose forms have lists, phones and e-mails in place of IDs; older ones ask for the ID. */
export const versionThatFinds = 1.2;

/** SEED: every id is ^[a-z0-9]{24}$. */
const objectIdLength = 24;

/** In place of an ID that has yet to be looked up. */
export const noId = '0'.repeat(objectIdLength);

/** The id of a thing in Zenvia. A wrong one is said before anything is sent. */
export function objectId<const Name extends string>(property: Property<Name>) {
	const plain = id(property);
	return field(property, (raw, item) => {
		const value = plain.read(raw, item);
		if (value !== '' && !/^[a-z0-9]{24}$/.test(value)) {
			const what =
				value.length === objectIdLength
					? 'has characters that no ID of Zenvia has'
					: `has ${value.length} characters, and an ID of Zenvia has ${objectIdLength}`;
			throw fieldError(property, what, 'Enter the ID, e.g. 507f191e810c19729de860ea.');
		}
		return value;
	});
}

/** A required field that is not always shown: what is hidden may be empty, and `need` asks for the rest. */
export function whenShown<Name extends string, Value>(inner: Field<Name, Value>) {
	return field<Name, Value | undefined>(inner.property as Property<Name>, (raw, item) => {
		return isNothing(pickedValue(raw)) ? undefined : inner.read(raw, item);
	});
}

/** @throws UserError when a field that is shown is empty */
export function need<Value>(
	value: Value | undefined,
	{ property }: Field,
	advice = 'Enter a value.',
): Value {
	if (isNothing(value)) throw fieldError(property, 'is empty', advice);
	return value as Value;
}

/** What an AI agent needs to know of a prospect, out of seventeen fields and more. */
export const simplifyForAgent = [
	'id',
	'firstName',
	'lastName',
	'status',
	'label',
	'phones',
	'emails',
	'group',
	'agent',
	'additionalData',
] as const;

/** A group, from a list or by ID. */
export const groupLocator = <const Name extends string>(
	more: Pick<INodeProperties, 'description' | 'displayOptions' | 'required'> & { name: Name },
) =>
	objectId(
		resourceLocator({
			displayName: 'Group',
			...more,
			list: { search: 'searchGroups', placeholder: 'Select a group…' },
			byId: { placeholder: 'e.g. 507f191e810c19729de860ea' },
		}),
	);

/** A thing that is picked from a list or entered by its ID; in versions before, by its ID alone. */
export const listedId = <const Name extends string>(
	before: { displayName: string; name: Name; description: string },
	now: Located<Name>['now'],
	finds?: Finds,
) =>
	located({
		since: versionThatFinds,
		before: {
			...{ type: 'string', required: true, default: '' },
			...{ placeholder: 'e.g. 507f191e810c19729de860ea', ...before },
		},
		now,
		id: objectId,
		finds,
	});

/** What the fields for an e-mail address have in common. */
export const email: Omit<INodeProperties, 'name'> = {
	displayName: 'Email',
	type: 'string',
	default: '',
	placeholder: 'e.g. jorge@example.com',
};

/** A moment of a filter. */
export const dateFilter = (displayName: string, name: string, description: string) =>
	({ displayName, name, type: 'dateTime', default: '', description }) as const;
