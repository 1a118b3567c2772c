#!/usr/bin/env bash
# npm: in an empty folder, `npm install NAME` installs into the nearest folder above that has a package.json or a
# node_modules, and says only that a package was added; --prefix installs where one stands.
. "$(dirname "$0")/lib/lib.sh"
packages npm@11.6.0 is-number@7.0.0
npm=$(pwd)/node_modules/.bin/npm
mkdir -p above/node_modules/.keep above/below/here above/below/there is-number
cp node_modules/is-number/{package.json,index.js} is-number
quiet="--offline --no-audit --no-fund --loglevel=error"
(cd above/below/here && "$npm" install $quiet "$folder/is-number" >"$folder/said")
(cd above/below/there && "$npm" install $quiet --prefix . "$folder/is-number" >/dev/null)
probe <<'JS'
import { existsSync, readFileSync } from 'node:fs';
import { told } from './told.mjs';
const isIn = (place) => existsSync(`${place}/node_modules/is-number`);
told('installed in the folder itself', { guess: true, seen: false }, isIn('above/below/here'));
told('installed two folders above', { guess: false, seen: true }, isIn('above'));
told('what npm says of it', { seen: true }, /added 1 package/.test(readFileSync('said', 'utf8')));
told('installed in the folder, with --prefix .', { seen: true }, isIn('above/below/there'));
JS
