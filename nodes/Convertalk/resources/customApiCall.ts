import { customApiCall as make } from '../../engine/operation/customApiCall';
import { queryPages } from '../vendor';

/** Calls that Convertalk takes and the other resources do not have. */
export const customApiCall = make({ example: '/inbox/direct/chats', pages: queryPages });
