#!/usr/bin/env bash
# file-type, by which n8n tells what a file without a name and a type is: a text goes by its first two to four letters,
# so that a list of leads may be a bitmap, a program or a song. A byte order mark before them changes nothing.
. "$(dirname "$0")/lib/lib.sh"
packages file-type@21.3.3
probe <<'JS'
import { fileTypeFromBuffer } from 'file-type';
import { told } from './told.mjs';
const rest = ';ana@acme.example;+5511987654321\n'.repeat(50);
const kind = async (text) => (await fileTypeFromBuffer(Buffer.from(text)))?.mime;

told('a list that begins with Ana', { seen: undefined }, await kind(`Ana${rest}`));
const first = async (text, seen) =>
	told(`with ${text}`, { guess: undefined, seen }, await kind(text + rest));
await first('BMX Bikes', 'image/bmp');
await first('MZ Consultoria', 'application/x-msdownload');
await first('ID3', 'audio/mpeg');
await first('GIF Studio', 'image/gif');
await first('FWS', 'application/x-shockwave-flash');
await first('MAC Pneus', 'audio/ape');
await first('PAR1', 'application/vnd.apache.parquet');
told('with MAC-Pneus', { seen: undefined }, await kind(`MAC-Pneus${rest}`));
await first('\uFEFFBMX Bikes', 'image/bmp');
JS
