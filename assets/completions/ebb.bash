# Completion of ebb for bash. The words come from ebb itself.
_ebb() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [ "$line" = : ]; then
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
            compopt -o filenames 2>/dev/null
        else
            COMPREPLY+=("$line")
        fi
    done < <(command ebb complete bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    # The value follows behind the sign.
    case ${COMPREPLY[0]-} in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _ebb ebb
