import type { NodeHint } from 'n8n-workflow';
import { usualPerSecond } from '../http/limiters';
import type { Vendor } from '../http/vendor';
import { durationSentence } from './duration';
import { usualMost } from './guardRails';
import type { Many, Resource } from './operation';

/** Before a run n8n knows the items where the node before has run; otherwise a condition fails, and nothing shows. */
const items = '$input.all().length';
const chosen = '$parameter.resource + "." + $parameter.operation';
/** How long so many take is told, by examples: a hint has no numbers of its own. */
const examples = [1000, 10_000] as const;
/** From then on. Seconds. */
const longSeconds = 60;

/** What n8n shows before a run, of a node with these resources: each only where it says something. */
export function nodeHints(vendor: Vendor, resources: readonly Resource[]): NodeHint[] {
	const operations = new Map<Many, string[]>();
	for (const { value, operations: all } of resources) {
		for (const each of all) {
			if (!('many' in each) || !each.many) continue;
			operations.set(each.many, [...(operations.get(each.many) ?? []), `${value}.${each.value}`]);
		}
	}
	return [
		...[...operations].flatMap(([many, names]) => hintsOf(many, names)),
		...paceHints(usualPerSecond(vendor)),
	];
}

function hintsOf({ verb, thing, since }: Many, names: readonly string[]): NodeHint[] {
	const isOne = `${JSON.stringify(names)}.includes(${chosen}) && !$parameter.options?.dryRun`;
	const most = `($parameter.options?.mostItems ?? ${usualMost})`;
	const isOver = `$nodeVersion >= ${since} && ${items} > ${most}`;
	return [
		hint(`This ${verb}s one ${thing} for each input item.`, `${isOne} && ${items} > 1`),
		hint(
			`There are more input items than 'Most Items' allows, so nothing would be sent. Raise 'Most Items' if they are meant.`,
			`${isOne} && ${isOver}`,
			'warning',
		),
	];
}

function paceHints(perSecond: number | undefined): NodeHint[] {
	if (perSecond === undefined) return [];
	const told = examples.map((count) =>
		durationSentence({ count, perSecond, seconds: count / perSecond }),
	);
	return [hint(`${told.join('. ')}.`, `${items} >= ${Math.ceil(longSeconds * perSecond)}`)];
}

const hint = (message: string, condition: string, type: NodeHint['type'] = 'info'): NodeHint => ({
	message,
	type,
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${condition} }}`,
});
