import { texts } from './texts.mts';
import { values } from './values.mts';

/** One hostile input. */
export interface Hostile {
	name: string;
	value: unknown;
}

/** Every hostile input, by a name of its own. */
export const corpus: readonly Hostile[] = Object.entries({ ...texts, ...values }).flatMap(
	([kind, inputs]) =>
		Object.entries(inputs).map(([name, value]) => ({ name: `${kind}: ${name}`, value })),
);
