import { field, type Property } from './fields';

/** Yes or no. */
export function flag<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => raw === true || raw === 'true');
}
