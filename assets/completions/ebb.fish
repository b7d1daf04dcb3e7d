# Completion of ebb for fish. The words come from ebb itself.
function __ebb_complete
    set -l before (commandline -opc)
    set -l last (commandline -ct)
    for line in (command ebb complete fish -- $before[2..-1] "$last" 2>/dev/null)
        if test "$line" = :
            __fish_complete_path (string replace -r '^-.*=' '' -- "$last")
        else
            echo -- $line
        end
    end
end
complete -c ebb -f -a '(__ebb_complete)'
