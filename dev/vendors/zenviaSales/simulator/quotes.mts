import type { Call, Journal } from '../../../kit/simulator.mts';
import { find, text } from './answers.mts';
import type { Ids } from './ids.mts';
import { isWithin, page, spanOf, Stored } from './lists.mts';
import type { DateBounds } from './lists.mts';
import type { Prospect, Quote, Tell } from './model.mts';

/** The offers made to prospects (PHP21, QuotesApi). */
export class Quotes {
	private readonly stored = new Stored<Quote>();

	constructor(
		private readonly ids: Ids,
		private readonly journal: Journal,
		private readonly tell: Tell,
		private readonly bounds: DateBounds,
	) {}

	create(prospect: Prospect, items: Quote['items'], status: Quote['status'] = 'pending'): Quote {
		const { id, at } = this.ids.next();
		const total = items.reduce((sum, { quantity, price = 0 }) => sum + quantity * price, 0);
		const quote: Quote = { id, prospectId: prospect.id, status, items, total, createdAt: at };
		settle(quote);
		this.stored.records.push(quote);
		this.journal.add('quote.create', id, JSON.stringify(items));
		this.tell('quotes', 'created', prospect, { quote });
		return quote;
	}

	update(prospect: Prospect, id: unknown, status: Quote['status']): Quote {
		const quote = this.get(prospect, id);
		quote.status = status;
		settle(quote);
		this.tell('quotes', 'updated', prospect, { quote });
		return quote;
	}

	get(prospect: Prospect, id: unknown): Quote {
		const own = this.stored.records.filter(({ prospectId }) => prospectId === prospect.id);
		return find('Quote', new Map(own.map((quote) => [quote.id, quote])), id);
	}

	list(call: Call): Quote[] {
		const span = spanOf(call, ['createdAfter'], ['createdBefore']);
		const accepts = this.filterOf(call);
		const createdAt = (quote: Quote) => quote.createdAt;
		return page(call, [this.stored], { span, bounds: this.bounds, createdAt, accepts });
	}

	listOf(prospect: Prospect, call: Call): Quote[] {
		const span = spanOf(call, ['createdAfter'], ['createdBefore']);
		const accepts = this.filterOf(call);
		return this.stored.records.filter(
			(quote) =>
				quote.prospectId === prospect.id &&
				accepts(quote) &&
				(!span || isWithin(quote.createdAt, span, this.bounds)),
		);
	}

	private filterOf(call: Call): (quote: Quote) => boolean {
		const status = text(call, 'status');
		const accepted = spanOf(call, ['acceptedAfter'], ['acceptedBefore']);
		const rejected = spanOf(call, ['rejectedAfter'], ['rejectedBefore']);
		return (quote) =>
			(status === undefined || quote.status === status) &&
			(!accepted || isWithin(quote.acceptedAt, accepted, this.bounds)) &&
			(!rejected || isWithin(quote.rejectedAt, rejected, this.bounds));
	}
}

function settle(quote: Quote): void {
	const now = new Date().toISOString();
	if (quote.status === 'accepted') quote.acceptedAt = now;
	if (quote.status === 'rejected') quote.rejectedAt = now;
}
