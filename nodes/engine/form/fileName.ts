import type { IBinaryData } from 'n8n-workflow';
import { own } from '../util/json';

/**
 * The extension of a type of files, where n8n does not say it: those that people send to customers (IANA, Media
 * Types).
 */
const extensions: Record<string, string> = {
	'application/msword': 'doc',
	'application/pdf': 'pdf',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/zip': 'zip',
	'audio/aac': 'aac',
	'audio/amr': 'amr',
	'audio/mp4': 'm4a',
	'audio/mpeg': 'mp3',
	'audio/ogg': 'ogg',
	'image/gif': 'gif',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'text/csv': 'csv',
	'text/plain': 'txt',
	'video/3gpp': '3gp',
	'video/mp4': 'mp4',
};

/** An extension has a letter in front, or "Quote 1.5" had one. */
const hasExtension = (name: string): boolean => /[^.]\.[a-z][a-z0-9]{2,4}$/i.test(name);

/** A file's name with its extension, without which nobody who gets it can open it. */
export function namedFile({ fileName, fileExtension, mimeType }: IBinaryData): string {
	const name = fileName?.trim() || 'file';
	const [type = ''] = mimeType.toLowerCase().split(';');
	const extension = fileExtension?.replace(/^\.+/, '') || own(extensions, type.trim());
	if (!extension || hasExtension(name)) return name;
	return name.toLowerCase().endsWith(`.${extension.toLowerCase()}`) ? name : `${name}.${extension}`;
}
