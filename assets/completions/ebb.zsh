#compdef ebb
# Completion of ebb for zsh. The words come from ebb itself.
_ebb() {
    local line
    local -a whole open
    for line in ${(f)"$(command ebb complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
        case $line in
            :) compset -P '*='; _files ;;
            # The value follows behind the sign.
            *=:*) open+=("$line") ;;
            *) whole+=("$line") ;;
        esac
    done
    (( $#whole )) && _describe ebb whole
    (( $#open )) && _describe ebb open -S ''
}
# Read by a person's file at the start, or found by zsh in its folder.
if [ "${funcstack[1]}" = _ebb ]; then _ebb "$@"; else compdef _ebb ebb; fi
