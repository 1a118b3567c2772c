import { inTurn, type NamedThings } from '../../kit/namedThings.mts';
import type { ZenviaSales } from './simulator/index.mts';

const example = 'https://example.com/zenvia';

/** What the node's resource locators name. */
export const named: NamedThings<ZenviaSales> = {
	seed(vendor, n, asked) {
		const { interactions, keys, prospects, quotes, subscriptions } = vendor;
		const [prospectId = ''] = vendor.seedProspects(1);
		const prospect = prospects.get(prospectId);
		const [email = ''] = prospect.emails;
		// Held with the 9 of Argentine mobile phones, which many leave out.
		const [held = ''] = prospect.phones;
		const phone = held.replace('+54911', '+54 (11) ');
		const content = `Question ${n}`;
		// Only where the 24 hours are over, a template goes out in place of a message.
		const interaction =
			asked === 'templateKey'
				? interactions.report(prospect, { type: 'note', content })
				: vendor.receiveMessage(prospectId, { content });
		const product = `Tyre ${n}`;
		const quote = quotes.create(prospect, [{ product, quantity: 1 }]);
		const [key] = keys.all;
		if (!key) throw new Error('There is no key.');
		// A key sees its own group and those below, and has one subscription.
		const reach = vendor.groups.filter(({ id, ancestors }) =>
			[id, ...ancestors].includes(key.group.id),
		);
		const group = inTurn(reach, n);
		const user = inTurn(vendor.agents.get(group.id) ?? [], n);
		const subscription =
			subscriptions.active[0] ?? subscriptions.create(key, ['quotes'], `${example}/${n}`);
		const ofGroup = { id: group.id, called: group.name };
		const ofUser = {
			...{ id: user.id, called: user.email },
			by: { email: user.email.toUpperCase() },
		};
		return {
			agentId: ofUser,
			group: ofGroup,
			groupId: ofGroup,
			interactionId: { id: interaction.id, called: content },
			prospectId: { id: prospectId, called: email, by: { email: email.toUpperCase(), phone } },
			quoteId: { id: quote.id, called: product },
			subscriptionId: { id: subscription.id, called: example },
			templateKey: { id: 'closing', called: 'Closing' },
			userId: ofUser,
		};
	},
	twins: {
		prospectId(vendor, { id }) {
			vendor.foundAs = 'list';
			return vendor.seedTwin(id);
		},
	},
};
