#!/usr/bin/env bash
# mime-types, from which n8n takes the extension of a file whose type it knows: a voice message has .oga, an MP3 .mpga,
# a card .vcard, and the types that senders make up have none. By the name, an .opus is Ogg and Contact.me troff.
. "$(dirname "$0")/lib/lib.sh"
packages mime-types@3.0.2
probe <<'JS'
import { require, told } from './told.mjs';
const { extension, lookup } = require('mime-types');
const name = (type, guess, seen) => told(`a file of ${type}`, { guess, seen }, extension(type));

name('audio/ogg; codecs=opus', 'ogg', 'oga');
name('audio/mpeg', 'mp3', 'mpga');
name('audio/aac', 'aac', 'adts');
name('video/quicktime', 'mov', 'qt');
name('text/vcard', 'vcf', 'vcard');
told('a file of text/x-vcard', { seen: 'vcf' }, extension('text/x-vcard'));
name('image/jpg', 'jpg', false);
name('audio/m4a', 'm4a', false);
told('a file of audio/x-m4a', { seen: 'm4a' }, extension('audio/x-m4a'));
name('application/csv', 'csv', false);
told('ana.vcf', { guess: 'text/vcard', seen: 'text/x-vcard' }, lookup('ana.vcf'));
told('voice.opus', { guess: 'audio/opus', seen: 'audio/ogg' }, lookup('voice.opus'));
told('Contact.me', { guess: false, seen: 'text/troff' }, lookup('Contact.me'));
told('a file called Me', { guess: false, seen: 'text/troff' }, lookup('Me'));
JS
