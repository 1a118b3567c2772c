#!/usr/bin/env bash
# npm run findings [NAME...]: runs findings/NAME.sh one after the other, and tells which changed.
cd "$(dirname "$0")/../findings" || exit
FINDINGS_PACKAGES=$(mktemp -d)
export FINDINGS_PACKAGES
trap 'rm -rf "$FINDINGS_PACKAGES"' EXIT
log=$FINDINGS_PACKAGES/log
changed=0
[ $# -gt 0 ] || set -- *.sh
for name in "$@"; do
	name=${name%.sh}
	bash "$name.sh" >"$log" 2>&1
	case $? in
	0) echo "as it was  $name" ;;
	3) echo "not tried  $name: $(tail -n 1 "$log")" ;;
	*)
		echo "CHANGED    $name"
		sed 's/^/    /' "$log"
		changed=1
		;;
	esac
done
exit $changed
