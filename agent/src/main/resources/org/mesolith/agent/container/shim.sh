#!/bin/sh
# Supervisor of one task: starts it at most once, waits for it, writes down how it ended. It outlives the agent.
# Arguments: the agent's runtime directory, the container's id.
#
#   containers/ID/launch.sh   made by the agent: what to run; read by a subshell that becomes the task
#   marks/ID.started          made here, exclusively, before the task starts: pid, start time, boot id
#   marks/ID.exit             made here when the task is over: "status N", "signal N" or "failed TEXT"
set -u
umask 022
run=$1
id=$2
dir=$run/containers/$id
marks=$run/marks
# A handler, unlike ignoring, is not inherited by the task. The supervisor itself ends with its task only.
trap : HUP INT QUIT TERM USR1 USR2
# Nothing can be started: an empty mark, which needs no room on a full disk, says so at once and for good.
give_up() {
    set -C
    : >"$marks/$id.started"
    exit 111
}
cd / || give_up
exec </dev/null >/dev/null
: >"$dir/shim.err" || give_up
exec 2>"$dir/shim.err"
read -r stat </proc/$$/stat || give_up
read -r boot </proc/sys/kernel/random/boot_id || give_up
# The name in field 2 may hold blanks and brackets; what follows the last bracket is regular. Field 22 is the 20th of it.
set -f
set -- ${stat##*) }
echo "$$ ${20} $boot" >"$dir/mark.$$" || give_up
# Space for the result is taken now, so that a full disk cannot lose it.
printf '%-240s\n' '' >"$dir/exit" || give_up
# A hard link either is made whole or fails: only one supervisor ever gets past this line.
ln "$dir/mark.$$" "$marks/$id.started" 2>/dev/null || give_up
: >"$dir/shim.err"
(. "$dir/launch.sh") 2>"$dir/setup"
code=$?
if [ -s "$dir/setup" ]; then
    read -r said <"$dir/setup"
    result="failed $said"
elif [ $code -gt 128 ] && [ -s "$dir/shim.err" ]; then
    # The shell tells on its own stderr when a signal ended its child; a status above 128 leaves it silent.
    result="signal $((code - 128))"
else
    result="status $code"
fi
printf '%-.240s\n' "$result" 1<>"$dir/exit"
mv "$dir/exit" "$marks/$id.exit"
