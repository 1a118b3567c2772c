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

/** Further ones by which people know what a file is; "Report.final" and "Quote 1.5" have none. */
const known = new Set([
	...Object.values(extensions),
	...'7z avi bmp flac heic heif htm html ics jpeg json m4v mkv mov mpeg mpg numbers odp ods odt opus pages'.split(
		' ',
	),
	...'psd rar rtf svg tar tif tiff vcf wav webm wma wmv xlsb xlsm xml'.split(' '),
]);

const hasExtension = (name: string): boolean => {
	const [, extension = ''] = /[^.]\.([a-z0-9]{2,7})$/i.exec(name) ?? [];
	return known.has(extension.toLowerCase());
};

/** A file's name with its extension, without which nobody who gets it can open it. */
export function namedFile({ fileName, fileExtension, mimeType }: IBinaryData): string {
	const name = fileName?.trim() || 'file';
	const [type = ''] = mimeType.toLowerCase().split(';');
	const extension = fileExtension?.replace(/^\.+/, '') || own(extensions, type.trim());
	if (!extension || hasExtension(name)) return name;
	return name.toLowerCase().endsWith(`.${extension.toLowerCase()}`) ? name : `${name}.${extension}`;
}
