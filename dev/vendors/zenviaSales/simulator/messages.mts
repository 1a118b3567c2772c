import type { Journal, Json, UploadedFile } from '../../../kit/simulator.mts';
import { CHANNELS } from './account.mts';
import { Refusal } from './answers.mts';
import type { Interactions } from './interactions.mts';
import type { Channel, ChannelName, Interaction, Prospect, SentFile } from './model.mts';

/** "The empty variables must not contain four consecutive spaces, carriage return, new line or
 * tabulations" (SEED, send a template). */
const FORBIDDEN_IN_PARAMETERS = /[\r\n\t]| {4}/;
const ATTACHMENTS: Record<string, string> = { image: 'IMAGE', audio: 'AUDIO', video: 'VIDEO' };
/** The path says whatsapp, an interaction's via says whatsApp (SOFIA, MEGA). */
const VIA: Record<ChannelName, string> = {
	whatsapp: 'whatsApp',
	facebook: 'facebook',
	instagram: 'instagram',
};

/** What is sent to prospects through channels. */
export class Messages {
	/** Every file that arrived, byte for byte, oldest first. */
	readonly files: SentFile[] = [];

	constructor(
		private readonly interactions: Interactions,
		private readonly journal: Journal,
	) {}

	/** WhatsApp reaches who has a phone number, the others reach who has written there before. */
	channelsOf(prospect: Prospect): Channel[] {
		return CHANNELS.filter(({ channel }) => {
			if (channel === 'whatsapp') return prospect.phones.length > 0;
			return dueAt(prospect, channel) !== undefined;
		});
	}

	/** Free text, lists, buttons or products: only within the channel's free window. */
	send(prospect: Prospect, channel: ChannelName, message: Json): Interaction {
		this.channel(prospect, channel);
		this.checkWindow(prospect, channel);
		return this.add('message.send', prospect, channel, message, JSON.stringify(message));
	}

	/** A template, at any time. What the prospect's own data do not fill in must be given. */
	sendTemplate(
		prospect: Prospect,
		channel: ChannelName,
		key: string,
		given: Json = {},
	): Interaction {
		const { templates = [] } = this.channel(prospect, channel);
		const template = templates.find((one) => one.key === key);
		if (!template) throw new Refusal(404, 'TEMPLATE_NOT_FOUND', `There is no template ${key}`);
		for (const [name, value] of Object.entries(given)) {
			if (FORBIDDEN_IN_PARAMETERS.test(String(value))) {
				throw new Refusal(
					400,
					'INVALID_PARAMETER',
					`The parameter ${name} holds blanks not allowed`,
				);
			}
		}
		const content = template.body.replace(/\$\{([^}]+)\}/g, (_placeholder, name: string) => {
			const value = given[name] ?? ownValue(prospect, name);
			if (value !== undefined && value !== '') return String(value);
			throw new Refusal(400, 'MISSING_PARAMETER', `The parameter ${name} is missing`);
		});
		const message = { template: key, body: template.body, content };
		return this.add('message.sendTemplate', prospect, channel, message, `${key} ${content}`);
	}

	/** A file, within the free window; its bytes are kept for tests to see. */
	sendFile(prospect: Prospect, channel: ChannelName, file: UploadedFile): Interaction {
		this.channel(prospect, channel);
		this.checkWindow(prospect, channel);
		this.files.push({ prospectId: prospect.id, channel, ...file });
		const type = ATTACHMENTS[file.type.split('/')[0] ?? ''] ?? 'FILE';
		const url = `https://cdn.example.com/${this.files.length}/${encodeURIComponent(file.name)}`;
		return this.add(
			'message.sendFile',
			prospect,
			channel,
			{ attachment: { type, url } },
			file.name,
		);
	}

	private add(
		what: string,
		prospect: Prospect,
		channel: ChannelName,
		message: Json,
		key: string,
	): Interaction {
		const via = VIA[channel];
		const output = { message: { performer: 'agent', delivered: true, via, ...message } };
		const interaction = this.interactions.add(prospect, { proactive: true, via, output });
		this.journal.add(what, interaction.id, `${prospect.id} ${key}`);
		return interaction;
	}

	/** That these two are refused is sure, the codes are inferred: no source shows them. */
	private channel(prospect: Prospect, name: ChannelName): Channel {
		const channel = this.channelsOf(prospect).find((one) => one.channel === name);
		if (channel) return channel;
		throw new Refusal(400, 'CHANNEL_NOT_AVAILABLE', `The prospect cannot be reached by ${name}`);
	}

	private checkWindow(prospect: Prospect, channel: ChannelName): void {
		if (Date.parse(dueAt(prospect, channel) ?? '') > Date.now()) return;
		const message = 'The 24 hours window is closed. Only a template can be sent.';
		throw new Refusal(400, 'CONVERSATION_WINDOW_CLOSED', message);
	}
}

function dueAt(prospect: Prospect, channel: ChannelName): string | undefined {
	if (channel === 'whatsapp') return prospect.whatsAppDueAt;
	return channel === 'facebook' ? prospect.facebookDueAt : prospect.instagramDueAt;
}

function ownValue(prospect: Prospect, name: string): unknown {
	return name.startsWith('prospect.') ? prospect[name.slice('prospect.'.length)] : undefined;
}
