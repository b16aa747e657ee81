# The shell that runs a transcript's commands (transcript.py starts it). It takes commands from its input, each
# ended by a NUL, and marks the end of each one's output with a line that holds $1 and the exit code.
exec 3<&0 </dev/null
SOURCE=$2

# at INSTANT: it is this time now, for git and for govctl.
at() {
    export GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1
}

# later 90m|72h|3d|2w|6mo: so much later.
later() {
    local count=${1%%[a-z]*} unit=${1##*[0-9]}
    case $unit in
        m) unit=minutes ;;
        h) unit=hours ;;
        d) unit=days ;;
        w) unit=weeks ;;
        mo) unit=months ;;
        *) echo "later: $1 is not a number of m, h, d, w or mo" >&2 && return 2 ;;
    esac
    at "$(date -u -d "$GIT_COMMITTER_DATE $count $unit" +%FT%TZ)"
}

# as HANDLE: this person acts from now on.  as HANDLE COMMAND…: in this one command.
as() {
    if [ $# -gt 1 ]; then
        (as "$1" && shift && "$@")
        return
    fi
    export GIT_AUTHOR_NAME=${1^} GIT_COMMITTER_NAME=${1^}
    export GIT_AUTHOR_EMAIL=$1@example.org GIT_COMMITTER_EMAIL=$1@example.org
}

command_not_found_handle() {
    echo "$1: command not found" >&2
    return 127
}

while IFS= read -r -d '' -u 3 _command; do
    eval "$_command" 3<&-
    printf '\0%s %d\n' "$1" $?
done
