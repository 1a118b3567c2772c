import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chapter, releasesOf, withChapter } from '../../dev/changelog/changelog.mts';
import { type Commit, readHistory } from '../../dev/changelog/history.mts';

const run = promisify(execFile);

describe('the history of a repository', () => {
	let cwd: string;

	const git = async (...args: string[]) =>
		await run('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd });
	const commit = async (subject: string, ...files: string[]) => {
		for (const file of files) {
			await mkdir(dirname(join(cwd, file)), { recursive: true });
			await writeFile(join(cwd, file), subject);
		}
		await git('add', '-A');
		await git('commit', '-q', '-m', subject);
	};

	beforeAll(async () => {
		cwd = await mkdtemp(join(tmpdir(), 'history-'));
		await git('init', '-q', '-b', 'main');
		await commit('Add the first node', 'nodes/A/A.node.ts', 'test/a.test.mts');
		await commit('Release it', 'package.json');
		await git('tag', 'v1.0.0');
		await git('tag', 'not-a-version');
		await commit('Test more', 'test/b.test.mts');
		await commit('Let it wait', 'nodes/A/A.node.ts', 'nodes/Ab/x.ts');
		await git('checkout', '-q', '-b', 'side', 'HEAD~1');
		await commit('Say why', 'README.md');
		await git('checkout', '-q', 'main');
		await git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
	});

	afterAll(async () => await rm(cwd, { recursive: true, force: true }));

	it('has the commits that changed the paths, with those paths only, and those with a version', async () => {
		const history = await readHistory(['nodes/A/', 'README.md'], cwd);
		const told = history.map(({ subject, version, files }) => [subject, version, files]);
		expect(told).toHaveLength(4);
		expect(told).toEqual(
			expect.arrayContaining([
				['Say why', undefined, ['README.md']],
				['Let it wait', undefined, ['nodes/A/A.node.ts']],
				['Release it', '1.0.0', []],
				['Add the first node', undefined, ['nodes/A/A.node.ts']],
			]),
		);
	});

	it('becomes versions, each with what came since the one before', async () => {
		const releases = releasesOf(await readHistory(['nodes/A/', 'README.md'], cwd), '1.1.0');
		expect(
			releases.map(({ version, commits }) => [
				version,
				commits.map(({ subject }) => subject).sort(),
			]),
		).toEqual([
			['1.1.0', ['Let it wait', 'Say why']],
			['1.0.0', ['Add the first node']],
		]);
	});
});

describe('a chapter of the changelog', () => {
	const commits: Commit[] = ['Fix B', 'Fix A', 'Fix B'].map((subject) => ({
		subject,
		date: '',
		files: [],
	}));

	it('lists what was done by area, once', () => {
		const areaOf = ({ subject }: Commit): string => subject.slice(-1);
		expect(chapter({ version: '1.0.0', date: '2026-01-02', commits }, areaOf)).toBe(
			'## 1.0.0 (2026-01-02)\n\n### A\n\n- Fix A\n\n### B\n\n- Fix B',
		);
		expect(chapter({ version: '1.0.0', date: '2026-01-02', commits }, () => '')).toBe(
			'## 1.0.0 (2026-01-02)\n\n- Fix B\n- Fix A',
		);
	});
});

describe('the changelog with a new chapter', () => {
	const made = '## 0.2.0 (2027-01-31)\n\n- A commit';

	it('has under the version what somebody wrote under Unreleased', () => {
		const written = '# Changelog\n\n## Unreleased\n\n- What it means\n\n## 0.1.0\n\n- Old\n';
		expect(withChapter(written, made)).toBe(
			'# Changelog\n\n## 0.2.0 (2027-01-31)\n\n- What it means\n\n## 0.1.0\n\n- Old\n',
		);
	});

	it('has the commits where nobody wrote anything', () => {
		expect(withChapter('# Changelog\n\n## 0.1.0\n\n- Old\n', made)).toBe(
			`# Changelog\n\n${made}\n\n## 0.1.0\n\n- Old\n`,
		);
	});
});
