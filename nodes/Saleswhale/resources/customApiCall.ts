import { customApiCall as make } from '../../engine/operation/customApiCall';
import { pages } from '../vendor';

/** Calls that Saleswhale takes and the other resources do not have. */
export const customApiCall = make({ example: '/leads/42', pages });
