const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });

/** What n8n shows beside the compiled code: icons, codex files, output schemas. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const nodeFiles = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: '.' }).pipe(dest('dist'));

const copy = parallel(icons, nodeFiles);
const build = series(clean, parallel(compile, copy));

/** Puts what was built into a running n8n, where `npm run dev` says it is. */
const deploy = () =>
	src('dist/**/*', { encoding: false }).pipe(dest(process.env.DEPLOY_TO ?? 'dist'));

exports.build = build;
exports.watch = series(build, deploy, () => {
	watch(['nodes/**/*.ts', 'credentials/**/*.ts'], series(compile, deploy));
	watch(['icons/*.svg', 'nodes/**/*.json'], series(copy, deploy));
});
