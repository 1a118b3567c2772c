import type { Edition } from '../packages/edition.mts';
import { strangersIn } from '../packages/edition.mts';
import { type Vendor, nameOf } from '../packages/vendor.mts';
import { type Commit, readHistory } from './history.mts';

/** A version and the commits that it brought. */
export interface Release {
	version: string;
	date: string;
	commits: Commit[];
}

/**
 * Sorts commits into versions: each belongs to the next tag after it, and what no tag has yet, to `next`.
 * @param history the newest first
 */
export function releasesOf(history: Commit[], next: string): Release[] {
	const releases: Release[] = [];
	for (const commit of history) {
		const version = commit.version ?? (releases.length === 0 ? next : undefined);
		if (version !== undefined) releases.push({ version, date: commit.date, commits: [] });
		if (commit.files.length > 0) releases.at(-1)?.commits.push(commit);
	}
	return releases.filter(({ commits }) => commits.length > 0);
}

/** A version's chapter: its commits by what they changed, where that is told apart. */
export function chapter(
	{ version, date, commits }: Release,
	areaOf: (commit: Commit) => string,
): string {
	const areas = new Map<string, string[]>();
	for (const commit of commits) {
		const lines = areas.get(areaOf(commit)) ?? [];
		areas.set(areaOf(commit), lines);
		const line = `- ${commit.subject}`;
		if (!lines.includes(line)) lines.push(line);
	}
	const texts = [...areas]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([area, lines]) => [...(area === '' ? [] : [`### ${area}`, '']), ...lines].join('\n'));
	return [`## ${version} (${date})`, ...texts].join('\n\n');
}

/**
 * The changelog with a version's chapter at its head: what somebody wrote under Unreleased, which says what it means for
 * a workflow, or else the chapter that the commits make.
 * @param made the chapter of the commits, which begins with its heading
 */
export function withChapter(changelog: string, made: string): string {
	const [heading = ''] = made.split('\n', 1);
	if (/^## Unreleased$/m.test(changelog))
		return changelog.replace(/^## Unreleased$/m, () => heading);
	return changelog.replace('# Changelog\n', () => `# Changelog\n\n${made}\n`);
}

/** The vendor that a commit is about, by its own words or else by its files; several, or the engine, is all. */
export function areaBy(vendors: Vendor[]): (commit: Commit) => string {
	return ({ subject, files }) => {
		const named = vendors.filter((vendor) => nameOf(vendor).test(subject));
		const touched = vendors.filter((vendor) => files.some((file) => isOf(file, vendor)));
		const [only, another] = named.length > 0 ? named : touched;
		const engine = named.length === 0 && files.some((file) => file.startsWith('nodes/engine/'));
		if (engine || another !== undefined) return 'All nodes';
		return only?.title ?? 'Documentation and examples';
	};
}

function isOf(file: string, { folder, credentials, nodes }: Vendor): boolean {
	const icon = nodes.some(({ is }) => file.startsWith(`icons/${is.name}.`));
	return (
		file.startsWith(`nodes/${folder}/`) || credentials.some((made) => made.file === file) || icon
	);
}

/** The changelog of a package: the commits that changed its files, less those that name another vendor. */
export async function changelogOf(edition: Edition, sources: string[]): Promise<string> {
	const history = (await readHistory(sources)).map((commit) =>
		strangersIn(commit.subject, edition).length > 0 ? { ...commit, files: [] } : commit,
	);
	const areaOf = edition.others.length > 0 ? () => '' : areaBy(edition.vendors);
	const chapters = releasesOf(history, edition.own.version).map((release) =>
		chapter(release, areaOf),
	);
	return `${['# Changelog', ...chapters].join('\n\n')}\n`;
}
