import type { IDisplayOptions } from 'n8n-workflow';
import type { Field } from './fields';

/** What is shown from a version of the node on. */
export const since = (version: number) => ({ '@version': [{ _cnd: { gte: version } }] });

/** What is shown in the versions before. */
const before = (version: number) => ({ '@version': [{ _cnd: { lt: version } }] });

const shown = (own: IDisplayOptions | undefined, when: IDisplayOptions['show']) => ({
	displayOptions: { ...own, show: { ...when, ...own?.show } },
});

/**
 * A field that is another one from some version of the node on, so that present workflows do what they did.
 * @param version the first that has the newer one
 * @param older has the same name
 */
export const inVersions = <const Name extends string, Value>(
	version: number,
	newer: Field<Name, Value>,
	older: Field<Name, Value>,
): Field<Name, Value> => ({
	...newer,
	read: (raw, item) => ((item.version ?? version) < version ? older : newer).read(raw, item),
	since: version,
	property: { ...newer.property, ...shown(newer.property.displayOptions, since(version)) },
	alternative: { ...older.property, ...shown(older.property.displayOptions, before(version)) },
});
