import {
	type ICredentialType,
	type IDataObject,
	type INodeType,
	type IPollFunctions,
	ObservableObject,
} from 'n8n-workflow';

/** A polling trigger with the credential type that it uses. */
export interface PolledSubject {
	node: INodeType;
	credential: ICredentialType;
}

/** How one poll is made. */
export interface PollSetting {
	mode?: string;
	parameters?: IDataObject;
	/** What of the credential differs. */
	data?: IDataObject;
	budgetMs?: number;
}

type Signed = {
	url: string;
	qs?: object;
	arrayFormat?: string;
	headers?: Record<string, string>;
	method?: string;
};

/** As much of n8n as a poll sees; without a budget, as in 1.x. */
export class PollHost {
	/** What n8n keeps with the workflow: of all, and of each node by its name. */
	kept: Record<string, IDataObject> = {};
	/** What n8n 2.x with durable cursors keeps in place of the node's memory, and saves after each poll. */
	cursor: IDataObject | undefined;
	name = 'Trigger';

	/**
	 * @param parameters those of the node, unless a poll has others
	 * @param data the credential's
	 */
	constructor(
		private readonly subject: PolledSubject,
		private readonly parameters: IDataObject,
		private readonly data: IDataObject,
	) {}

	context({ mode = 'trigger', parameters, data: own, budgetMs }: PollSetting = {}): IPollFunctions {
		const data = { ...this.data, ...own };
		const all: IDataObject = { ...this.parameters, ...parameters };
		const { authenticate } = this.subject.credential;
		if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
		const context = {
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({
				...{ id: 'n', name: this.name, type: 't', typeVersion: 1 },
				...{ position: [0, 0], parameters: {} },
			}),
			getMode: () => mode,
			getActivationMode: () => 'init',
			getTimezone: () => 'America/Sao_Paulo',
			getNodeParameter: (name: string, fallback: unknown) => all[name] ?? fallback,
			getCredentials: async () => data,
			getCredentialsProperties: () => [],
			getWorkflowStaticData: (type: string) => {
				if (type === 'node' && this.cursor) return this.cursor;
				const kept = (this.kept[type === 'global' ? type : `node:${this.name}`] ??= {});
				return ObservableObject.create(kept);
			},
			...(budgetMs !== undefined && { getPollBudgetMs: () => budgetMs }),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, options: Signed) => {
					const signed = (await authenticate(data as never, options as never)) as unknown as Signed;
					const end = signed.arrayFormat === 'brackets' ? '[]' : '';
					const pairs = Object.entries(signed.qs ?? {}).flatMap(([name, value]) =>
						[value]
							.flat()
							.map((one): [string, string] => [
								Array.isArray(value) ? name + end : name,
								String(one),
							]),
					);
					const { method = 'GET', headers } = signed;
					const answer = await fetch(`${signed.url}?${new URLSearchParams(pairs)}`, {
						method,
						headers,
					});
					const text = await answer.text();
					return {
						statusCode: answer.status,
						headers: Object.fromEntries(answer.headers),
						body: text === '' ? '' : (JSON.parse(text) as unknown),
					};
				},
			},
		};
		return context as unknown as IPollFunctions;
	}

	/** What a poll hands on. */
	async poll(setting?: PollSetting): Promise<IDataObject[]> {
		const items = await this.subject.node.poll?.call(this.context(setting));
		return items?.[0]?.map(({ json }) => json) ?? [];
	}

	/** All that the workflow remembers. */
	remembered(): string {
		return JSON.stringify(this.kept);
	}

	/** What a trigger remembers, by the name of its node type. */
	memory(name: string) {
		return this.kept.global?.[`${name} n`] as { scope: string; lists: IDataObject } | undefined;
	}
}
