#!/bin/sh
# Asks Throughline whether a release may go out. Ends with 0: go, 1: hold, 2: could not be asked or judged.
#
#   THROUGHLINE_URL=https://throughline.example.org THROUGHLINE_TOKEN=tl_… \
#     gate.sh <component> [--environment E] [--commit SHA] [--fixes ID,ID] [--purpose feature|fix|reliability|security]
#
# Needs curl and the usual POSIX tools. The token needs the scope "gate" and is never an argument, which others could see.
set -u

could_not() {
  printf 'could not: %s\n' "$1" >&2
  exit 2
}

# What goes into the question is written into JSON as it is, so it may hold nothing JSON or a shell would read.
plain() {
  case "$2" in
    *[!A-Za-z0-9._:/,@#+-]*) could_not "$1 holds a character that a name cannot have: $2" ;;
  esac
  printf '%s' "$2"
}

[ $# -gt 0 ] || could_not 'say which component: gate.sh <component> [--commit SHA]'
: "${THROUGHLINE_URL:?set it to the address of the server}" "${THROUGHLINE_TOKEN:?set it to a token with the scope gate}"

component=$(plain component "$1") || exit 2
shift
body="{\"component\":\"$component\""
while [ $# -gt 0 ]; do
  case "$1" in
    --environment | --commit | --fixes | --purpose) ;;
    *) could_not "no such option: $1" ;;
  esac
  [ $# -gt 1 ] || could_not "$1 wants a value"
  if [ -n "$2" ]; then
    value=$(plain "$1" "$2") || exit 2
    body="$body,\"${1#--}\":\"$value\""
  fi
  shift 2
done
body="$body}"

answer=$(printf 'header = "Authorization: Bearer %s"\n' "$THROUGHLINE_TOKEN" |
  curl --config - --silent --show-error --max-time "${THROUGHLINE_TIMEOUT:-30}" \
    --header 'content-type: application/json' --data "$body" "${THROUGHLINE_URL%/}/api/gate") ||
  could_not "no Throughline answers at $THROUGHLINE_URL"

# The text of a field, its first occurrence.
text() {
  sed -n "s/.*\"$1\":\"\(\([^\"\\\\]\|\\\\.\)*\)\".*/\1/p" | sed 's/\\\(["\\/]\)/\1/g'
}
# Only the part before the reasons, so that the sentence of the whole answer is found.
printf '%s\n' "$answer" | sed 's/"component":.*//' | text words
# Each reason on a line of its own; those that hold or warn, and what would turn them green.
printf '%s\n' "$answer" | sed 's/{"policy":/\
/g' | grep -E '"effect":"(holds|warns)"' | while IFS= read -r reason; do
  effect=$(printf '%s\n' "$reason" | text effect)
  words=$(printf '%s\n' "$reason" | sed 's/"evidence":.*//' | text words)
  green=$(printf '%s\n' "$reason" | text turnsGreen)
  printf '  %s: %s\n' "$effect" "$words"
  [ -z "$green" ] || printf '      turns green: %s\n' "$green"
done
[ -z "${THROUGHLINE_ANSWER:-}" ] || printf '%s\n' "$answer" >"$THROUGHLINE_ANSWER"

case "$answer" in
  '{"verdict":"go"'*) exit 0 ;;
  '{"verdict":"hold"'*) exit 1 ;;
  '{"verdict":"could_not"'*) exit 2 ;;
  *) could_not "$(printf '%s\n' "$answer" | text detail) $(printf '%s\n' "$answer" | text fix)" ;;
esac
