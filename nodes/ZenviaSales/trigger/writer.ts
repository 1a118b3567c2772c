import { dig, isRecord } from '../../engine/util/json';

/** Who is behind a message or a call; what no sign tells is left out. */
export interface Writer {
	direction?: 'incoming' | 'outgoing';
	/** The contact, a person at Zenvia, Zenvia's own bot, or an integration. */
	by?: 'contact' | 'person' | 'bot' | 'integration';
}

/** What Zenvia's own bot is called as an agent (MEGA). */
const botName = 'Bot 🤖';

/**
 * Who wrote or called. The signs, each of which may be missing: `proactive` is false for what comes in and true for
 * what goes out (ZENDOO, MEGA); `performer` is "integration" for what comes in and "agent" for what goes out (SOFIA,
 * live), and has other values too (SOFIA2); `bot` is true for Zenvia's own bot (MEGA). One sign of going out is
 * enough, since nothing may answer itself.
 */
export function writerOf(interaction: unknown): Writer {
	if (!isRecord(interaction)) return {};
	const { proactive, bot, via, agent } = interaction;
	const performer = dig(interaction, 'output', 'message', 'performer');
	const isFromContact = proactive === false || performer === 'integration' || via === 'inboundCall';
	const isOutgoing =
		[proactive, bot].includes(true) || performer === 'agent' || via === 'outboundCall';
	if (!isOutgoing) return isFromContact ? { direction: 'incoming', by: 'contact' } : {};
	if (bot === true || dig(agent, 'lastName') === botName)
		return { direction: 'outgoing', by: 'bot' };
	if (performer === 'integration') return { direction: 'outgoing', by: 'integration' };
	// MEGA: what goes out without an agent is the bot's.
	return { direction: 'outgoing', by: isRecord(agent) ? 'person' : 'bot' };
}
