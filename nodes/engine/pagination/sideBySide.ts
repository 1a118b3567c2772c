import type { IDataObject } from 'n8n-workflow';
import type { Pages, ReadPage } from './pages';
import { Prefetcher } from './prefetcher';
import type { Request } from '../http/request';
import { Changes } from '../util/changes';

/** A list, and its pages that have come and are not yet taken. */
interface List {
	request: Request;
	pages: IDataObject[][];
	isOver: boolean;
}

/**
 * Lists that are read at once where few pages may lie ahead. Of more, each would lie ahead with so few that the one whose
 * turn it is would be waited for, page by page.
 */
const mostLists = 4;
/** Of the pages that may lie ahead, the share that the list whose turn it is may have, where nobody takes them. */
const ownShare = 1 / mostLists;

/**
 * Reads lists side by side, as far as there is room, and hands on their pages in the order of the lists. Where the
 * reader bounds how many pages lie ahead, four lists are read at once, and one waits with a page where there are too
 * many; the one whose turn it is, only for its own.
 * @param requests of the lists; one is taken when its list may be begun, so that it may depend on what was read by then
 * @yields the pages of each list
 * @throws what reading a list throws, at its place or at one before it
 */
export async function* sideBySide(
	read: ReadPage,
	requests: Iterable<Request>,
	inner: Pages,
): AsyncGenerator<AsyncIterable<IDataObject[]>> {
	const changes = new Changes();
	const open = requests[Symbol.iterator]();
	const lists: List[] = [];
	let current = 0;
	let held = 0;
	const { mostAhead = Infinity } = read;
	const isFull = (n: number, { pages }: List) =>
		n === current ? pages.length >= mostAhead * ownShare : held >= mostAhead;
	let ending: AbortSignal | undefined;
	const ahead = new Prefetcher(async (n, signal) => {
		const readOn: ReadPage = async (request) => {
			signal.throwIfAborted();
			return await read(request);
		};
		// One and the same for all lists, which wait for the same changes.
		if (!ending) signal.addEventListener('abort', () => changes.tell(), { once: true });
		ending = signal;
		const list = lists[n] as List;
		for await (const page of inner(readOn, list.request, Infinity)) {
			await changes.until(() => !isFull(n, list) || signal.aborted);
			signal.throwIfAborted();
			list.pages.push(page);
			held++;
			changes.tell();
		}
	}, read.room);

	function addUpTo(count: number): void {
		while (lists.length < count) {
			const { done, value } = open.next();
			if (done) return;
			lists.push({ request: value, pages: [], isOver: false });
		}
	}

	async function* pagesOf(list: List, reading: Promise<void>) {
		const over = reading.finally(() => {
			list.isOver = true;
			changes.tell();
		});
		// What went wrong shows after the pages before it, and is no error of the process until then.
		over.catch(() => {});
		for (;;) {
			await changes.until(() => list.pages.length > 0 || list.isOver);
			const page = list.pages.shift();
			if (!page) break;
			held--;
			changes.tell();
			yield page;
		}
		await over;
	}

	try {
		for (let n = 0; ; n++) {
			addUpTo(mostAhead === Infinity ? Infinity : n + mostLists);
			const list = lists[n];
			if (!list) break;
			current = n;
			changes.tell();
			ahead.begin(n, lists.length - 1);
			yield pagesOf(list, ahead.take(n));
		}
	} finally {
		await ahead.ended();
	}
}
