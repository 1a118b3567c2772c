#!/usr/bin/env bash
# get-port: a port that it gave is not given again for a while, although nobody took it, not even to who asks for that
# one; another follows without a word, until clearLockedPorts().
. "$(dirname "$0")/lib/lib.sh"
packages get-port@7.2.0
probe <<'JS'
import getPort, { clearLockedPorts } from 'get-port';
import { told } from './told.mjs';
const port = await getPort();
clearLockedPorts();
const isGiven = async () => (await getPort({ port })) === port;
told('a free port that is asked for', { seen: true }, await isGiven());
told('the same again, as free as before', { guess: true, seen: false }, await isGiven());
clearLockedPorts();
told('after clearLockedPorts()', { seen: true }, await isGiven());
JS
