import { refusal } from './answers.mts';
import { Leads } from './leads.mts';
import type { ListType, Order } from './model.mts';
import { operations } from './operations.mts';
import type {
	Answer,
	Call,
	Handler,
	Json,
	SimulatorContext,
	Vendor,
	VendorDefinition,
} from '../../../kit/simulator.mts';

/** How the simulated bot is set up. */
export interface ConvertalkOptions {
	/** Default `convertalk-token`. */
	token?: string;
	/** Default `bot-1` and `customer-1`. */
	botId?: string;
	customerId?: string;
	/** Leads on a page. No document says how many; default 20. */
	pageSize?: number;
	/**
	 * Which of the two token headers the server reads. `documented`: the one that SEED names for the
	 * endpoint. Default. It takes Bearer in any case, as BPNEW says.
	 */
	reads?: 'documented' | 'x-bp-token' | 'x-bot-token';
}

const documentedHeader: Record<string, string> = {
	'lead.upsert': 'x-bp-token',
	'lead.getAll': 'x-bot-token',
};

/** The bot behind the token. */
export class Convertalk implements Vendor {
	readonly handlers: Record<string, Handler>;
	readonly actions: NonNullable<Vendor['actions']>;
	readonly leads: Leads;
	/** Can be changed, as a person makes a new one. */
	token: string;
	private readonly account: { botId: string; customerId: string };
	private readonly reads: NonNullable<ConvertalkOptions['reads']>;

	constructor({ journal }: SimulatorContext, options: ConvertalkOptions) {
		const { token = 'convertalk-token', botId = 'bot-1', customerId = 'customer-1' } = options;
		this.token = token;
		this.account = { botId, customerId };
		this.reads = options.reads ?? 'documented';
		this.leads = new Leads(journal);
		this.leads.pageSize = options.pageSize ?? this.leads.pageSize;
		this.handlers = operations(this.leads);
		this.actions = {
			addLeads: ({ count }) => this.leads.addMany(Number(count ?? 1)).map(({ uuid }) => uuid),
			startChats: ({ count }) =>
				Array.from({ length: Number(count ?? 1) }, () => this.leads.add().uuid),
			setStatus: ({ uuid, status }) =>
				this.leads.change(String(uuid), (lead) => (lead.status = String(status))),
			visit: ({ uuid }) => this.leads.visit(String(uuid)),
			remove: ({ uuid }) => this.leads.remove(String(uuid)),
			sortBy: ({ order, salt }) => this.leads.sortBy(order as Order, String(salt ?? '')),
		};
	}

	/** WL has 401 without saying when; that token, bot and customer have to fit together is inferred. */
	authenticate({ operationId = '', headers, query, body }: Call): Answer | undefined {
		const isBearer =
			headers['authorization'] === `Bearer ${this.token}` && headers['authtype'] === 'Key';
		const header = this.reads === 'documented' ? documentedHeader[operationId] : this.reads;
		const isToken = operationId !== 'contact.search' && headers[header ?? ''] === this.token;
		if (!isBearer && !isToken) return refusal(401, 'Unauthorized');
		const { botId, customerId } = (operationId === 'lead.getAll' ? query : (body ?? {})) as Json;
		const isOwn = botId === this.account.botId && customerId === this.account.customerId;
		const isMissing = botId === undefined || customerId === undefined;
		return operationId === 'contact.search' || isOwn || isMissing
			? undefined
			: refusal(401, 'Unauthorized');
	}

	/** PD: {data: [sentences]}; that unknown fields are passed over is inferred. */
	invalid({ violations }: Call): Answer | undefined {
		const said = violations.filter(({ where }) => where === 'body' || where === 'query');
		const passedOver = ['additionalProperties', 'undocumented', 'media-type'];
		const wrong = said.filter(({ keyword }) => !passedOver.includes(keyword));
		if (wrong.length === 0) return undefined;
		return refusal(400, 'Validation failed', ...wrong.map(({ message }) => message));
	}

	notFound(): Answer {
		return refusal(404, 'Not found');
	}

	limited(): Answer {
		return refusal(429, 'Too many requests');
	}

	summary(): Json {
		const count = (type: ListType) => this.leads.list(type).length;
		return { leads: count('lead'), chats: count('non-lead'), pageSize: this.leads.pageSize };
	}
}

/** Convertalk, to be given to `startSimulator`. */
export default function convertalk(options: ConvertalkOptions = {}): VendorDefinition<Convertalk> {
	return {
		name: 'convertalk',
		contract: new URL('../contract.yaml', import.meta.url),
		// WL: {success, message, code}.
		refusalIn200: () => ({ success: false, message: 'Service unavailable', code: 503 }),
		create: (context) => new Convertalk(context, options),
	};
}
