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
cd / || exit 111
exec </dev/null >/dev/null 2>"$dir/shim.err"
read -r stat </proc/$$/stat || exit 111
read -r boot </proc/sys/kernel/random/boot_id || exit 111
# The name in field 2 may hold blanks and brackets; what follows the last bracket is regular. Field 22 is the 20th of it.
set -f
set -- ${stat##*) }
echo "$$ ${20} $boot" >"$dir/mark.$$" || exit 111
# Space for the result is taken now, so that a full disk cannot lose it.
printf '%-240s\n' '' >"$dir/exit" || exit 111
# A hard link either is made whole or fails: only one supervisor ever gets past this line.
ln "$dir/mark.$$" "$marks/$id.started" || exit 111
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
