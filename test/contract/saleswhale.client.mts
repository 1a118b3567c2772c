import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Simulator } from '../../dev/kit/simulator.mts';

/** The API key of the simulated account. */
export const KEY = 'saleswhale-key';

/** Records of the seed data. */
export const RUNNING = 41201;
export const OTHER_RUNNING = 41203;
export const SCHEDULED = 41202;
export const ENDED = 41204;
export const HANDOFF_REP = 4401;
export const OTHER_REP = 4430;
export const LEAD_SOURCE = 51662;

/** A client of the Saleswhale API that sends `token` and throws at no status. */
export function clientOf({ url }: Simulator, token = KEY): AxiosInstance {
	const baseURL = `${url}/api/v2`;
	return axios.create({ baseURL, params: { token }, validateStatus: () => true, proxy: false });
}

/** The messages of a refusal. */
export function messages({ data }: AxiosResponse): string[] {
	return (data as { errors: Array<{ message: string }> }).errors.map(({ message }) => message);
}

/** Creates a lead with these fields and gives its id. */
export async function createLead(api: AxiosInstance, fields: object = {}): Promise<number> {
	const lead = { first_name: 'Myah', email: 'myah.harber@kihn.info', ...fields };
	const { status, data } = await api.post('/leads', { lead });
	if (status !== 201) throw new Error(`A lead was not created: ${status}`);
	return (data as { lead: { id: number } }).lead.id;
}

/** Enrols a lead and gives the enrolment. */
export async function enrol(
	api: AxiosInstance,
	campaign_id: number,
	lead_id: number,
): Promise<Record<string, unknown>> {
	const { status, data } = await api.post('/enrolments', { enrolment: { campaign_id, lead_id } });
	if (status !== 201) throw new Error(`A lead was not enrolled: ${status}`);
	return (data as { enrolment: Record<string, unknown> }).enrolment;
}
