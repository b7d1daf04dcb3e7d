#!/bin/sh
# Puts ebb into ~/.local, or into PREFIX, for this user alone. Says what it did; `--remove` takes it away again and leaves the
# journal where it is.
set -eu
umask 022

prefix=${PREFIX:-${HOME:?HOME is not set; name the place with PREFIX=/path}/.local}
here=$(cd "$(dirname "$0")" && pwd)
kept=$prefix/share/doc/ebbtide

say() { printf '%s\n' "$*"; }

remove() {
  [ -f "$kept/installed" ] || { say "Nothing of this is installed below $prefix, so nothing was changed."; exit 0; }
  while IFS= read -r file; do rm -f "$prefix/$file"; done < "$kept/installed"
  folders=$(LC_ALL=C sort -ru "$kept/folders")
  rm -f "$kept/installed" "$kept/folders"
  # Those inside come first; one that holds something of yours stays.
  printf '%s\n' "$folders" | while IFS= read -r folder; do rmdir "$folder" 2>/dev/null || true; done
  say "ebb is taken away from $prefix. Your journal and your settings are where they were."
}

case ${1:-} in
  --remove)
    # A timer without its program would fail every day.
    [ ! -f "$kept/installed" ] || [ ! -x "$prefix/bin/ebb" ] || "$prefix/bin/ebb" remind remove >/dev/null 2>&1 || true
    remove
    exit 0
    ;;
  '') ;;
  *) say "install.sh puts ebb into $prefix; install.sh --remove takes it away." >&2; exit 2 ;;
esac

[ -f "$here/bin/ebb" ] || { say "There is no bin/ebb beside this script, so nothing was installed." >&2; exit 1; }
if [ -e "$prefix/bin/ebb" ] && [ ! -f "$kept/installed" ]; then
  say "$prefix/bin/ebb is there already and not from this script, so nothing was changed." >&2
  exit 1
fi
# What an older version had and this one has not must not stay.
[ ! -f "$kept/installed" ] || remove >/dev/null

# The folders on the way to one that are not there yet: they are taken away again.
missing() {
  [ -d "$1" ] || { missing "$(dirname "$1")"; printf '%s\n' "$1"; }
}

made=$(missing "$kept")
mkdir -p "$kept"
: > "$kept/installed"
printf '%s\n' "$made" > "$kept/folders"
(cd "$here" && find bin share -type f | LC_ALL=C sort) | while IFS= read -r file; do
  folder=$prefix/$(dirname "$file")
  missing "$folder" >> "$kept/folders"
  mkdir -p "$folder"
  printf '%s\n' "$file" >> "$kept/installed"
  cp "$here/$file" "$prefix/$file"
done
cp "$here/install.sh" "$kept/install.sh"
printf '%s\n' share/doc/ebbtide/install.sh >> "$kept/installed"

say "Installed below $prefix: bin/ebb, pages of the manual, completions for bash, zsh and fish."
say "To read: $kept/README.md, and the pages that it links to."
say "Nothing else was changed. To take it away: sh $kept/install.sh --remove"
case ":${PATH:-}:" in
  *":$prefix/bin:"*) say "Begin with: ebb" ;;
  *) say "Begin with: $prefix/bin/ebb   (or put $prefix/bin into your PATH)" ;;
esac
say "zsh finds the completion once this stands in ~/.zshrc before compinit: fpath+=($prefix/share/zsh/site-functions)"
