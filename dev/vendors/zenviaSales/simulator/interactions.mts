import type { Call, Json } from '../../../kit/simulator.mts';
import { find, text, texts } from './answers.mts';
import { idAt } from './ids.mts';
import type { Ids } from './ids.mts';
import { isWithin, page, spanOf, Stored } from './lists.mts';
import type { DateBounds, Series } from './lists.mts';
import type { Interaction, Prospect, Tell } from './model.mts';

const VIAS = ['whatsApp', 'inboundCall', 'email', 'whatsApp', 'outboundCall'];
const FREE_WINDOW_MS = 86_400_000;

/** Which history `seed` makes. Dates in ISO 8601; the interactions stand evenly from `from` to `to`. */
export interface History {
	count: number;
	from: string;
	to: string;
	/** In turn; as many as there are, or one. */
	prospectIds: string[];
}

/** A history of any length that takes no room: each interaction is made from its number. */
class GeneratedHistory implements Series<Interaction> {
	readonly length: number;

	constructor(
		private readonly history: History,
		private readonly start: number,
	) {
		this.length = history.count;
	}

	idAt(index: number): string {
		return idAt(this.timeAt(index), this.start + index);
	}

	at(index: number): Interaction {
		const { prospectIds } = this.history;
		const via = VIAS[index % VIAS.length] ?? 'other';
		const proactive = index % 2 === 1;
		const message = { content: `Message ${index}`, performer: proactive ? 'agent' : 'integration' };
		return {
			id: this.idAt(index),
			prospectId: prospectIds[index % prospectIds.length] ?? '',
			createdAt: new Date(this.timeAt(index)).toISOString(),
			status: 'finished',
			proactive,
			via,
			output:
				via === 'whatsApp' ? { message: { ...message, via } } : { comment: `Comment ${index}` },
		};
	}

	private timeAt(index: number): number {
		const { count, from, to } = this.history;
		const [start, end] = [Date.parse(from), Date.parse(to)];
		return Math.floor(start + ((end - start) * index) / Math.max(1, count - 1));
	}
}

/** The interactions of the account: those that were made, and generated histories. */
export class Interactions {
	private readonly stored = new Stored<Interaction>();
	private readonly series: Array<Series<Interaction>> = [this.stored];
	private seeded = 0;

	constructor(
		private readonly ids: Ids,
		private readonly tell: Tell,
		private readonly bounds: DateBounds,
	) {}

	get size(): number {
		return this.series.reduce((sum, { length }) => sum + length, 0);
	}

	/** Puts a history in. Nobody is notified of it. */
	seed(history: History): void {
		this.series.push(new GeneratedHistory(history, this.seeded));
		this.seeded += history.count;
	}

	add(prospect: Prospect, given: Pick<Interaction, 'proactive' | 'via' | 'output'>): Interaction {
		const { id, at } = this.ids.next();
		const interaction: Interaction = {
			id,
			prospectId: prospect.id,
			...(prospect.agent && { agentId: prospect.agent.id, agent: prospect.agent }),
			createdAt: at,
			status: 'finished',
			...given,
		};
		this.stored.records.push(interaction);
		this.tell('interactions', 'created', prospect, { interaction });
		return interaction;
	}

	/** A message that the contact writes: it opens the free window of its channel for 24 hours. */
	receive(prospect: Prospect, via: string, message: Json): Interaction {
		const dueAt = new Date(Date.now() + FREE_WINDOW_MS).toISOString();
		if (via === 'whatsApp') prospect.whatsAppDueAt = dueAt;
		if (via === 'facebook') prospect.facebookDueAt = dueAt;
		if (via === 'instagram') prospect.instagramDueAt = dueAt;
		const output = { message: { performer: 'integration', via, ...message } };
		return this.add(prospect, { proactive: false, via, output });
	}

	/** A call, note, message or question that somebody reports (PHP21, NewEvent). */
	report(prospect: Prospect, event: Json): Interaction {
		const { type, content, ...rest } = event;
		if (type === 'note') {
			// "via: other", text in output.comment (SOFIA, live).
			return this.add(prospect, { proactive: true, via: 'other', output: { comment: content } });
		}
		if (type === 'call') {
			return this.add(prospect, {
				proactive: false,
				via: 'phoneCall',
				output: { customEvent: rest },
			});
		}
		const output = type === 'question' ? { question: rest } : { message: { content, ...rest } };
		return this.add(prospect, { proactive: false, via: 'other', output });
	}

	/** PHP21, UpdateEvent: what became of a message or a question. */
	update(prospect: Prospect, id: unknown, event: Json): Interaction {
		const interaction = this.get(prospect, id);
		const { type, status, ...rest } = event;
		const name = type === 'question' ? 'question' : 'message';
		const known = (interaction.output[name] ?? {}) as Json;
		interaction.output = { ...interaction.output, [name]: { ...known, ...rest } };
		if (typeof status === 'string') interaction.status = status;
		this.tell('interactions', 'updated', prospect, { interaction });
		return interaction;
	}

	get(prospect: Prospect, id: unknown): Interaction {
		const own = new Map(this.all(prospect.id).map((one) => [one.id, one]));
		return find('Interaction', own, id);
	}

	/** GET /prospects/interactions: newest first, by cursor. */
	list(call: Call): Interaction[] {
		return page(call, this.series, {
			span: this.spanOf(call),
			bounds: this.bounds,
			createdAt: ({ createdAt }) => createdAt,
			accepts: filterOf(call),
		});
	}

	/** A prospect's: no cursor, no limit. Oldest first, since no source names an order to lean on. */
	listOf(prospect: Prospect, call: Call): Interaction[] {
		const span = this.spanOf(call);
		const accepts = filterOf(call);
		return this.all(prospect.id).filter(
			(one) => accepts(one) && (!span || isWithin(one.createdAt, span, this.bounds)),
		);
	}

	private spanOf(call: Call) {
		return spanOf(call, ['createdAfter', 'start'], ['createdBefore', 'end']);
	}

	/** All interactions of a prospect, oldest first. */
	all(prospectId: string): Interaction[] {
		const own: Interaction[] = [];
		for (const one of this.series) {
			for (let index = 0; index < one.length; index++) {
				const interaction = one.at(index);
				if (interaction.prospectId === prospectId) own.push(interaction);
			}
		}
		return own.sort((a, b) => (a.id < b.id ? -1 : 1));
	}
}

function filterOf(call: Call): (interaction: Interaction) => boolean {
	const agent = text(call, 'agent');
	const status = text(call, 'status');
	const vias = texts(call, 'via', 'via[]');
	return (one) =>
		(agent === undefined || one.agentId === agent) &&
		(status === undefined || one.status === status) &&
		(vias === undefined || vias.includes(one.via));
}
