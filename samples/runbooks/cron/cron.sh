#!/bin/sh
# For cron: one run after another, each with a time limit.
#
#   cron.sh <file of variables> <runbook> [parameters of the runbook]
#
# The runbook's name is relative to the folder above. Secrets come from the file, which only this user can read (chmod 600), one line per variable:
#   EPCC_API_BASE_URL=https://useast.api.elasticpath.com
#   EPCC_CLIENT_ID=...
#   EPCC_CLIENT_SECRET=...
#   PSModulePath=/opt/eppromo/modules
#   PATH=/home/jobs/.dotnet/tools:/usr/local/bin:/usr/bin:/bin
# The last line is needed if pwsh is a .NET tool: cron searches few folders for programs, and not that one.
set -eu

variables=$1
shift
set -a
# shellcheck source=/dev/null
. "$variables"
set +a

# The lock is on the file of variables, and is held as long as the file is open: until the run has ended.
exec 9<"$variables"
if ! flock --nonblock 9; then
    echo "Another run with $variables is active. $1 waits until it has ended." >&2
    # An hour more than a run can take.
    if ! flock --timeout 25200 9; then
        echo "After 7 hours, another run with $variables is still active. $1 was not started." >&2
        exit 3
    fi
fi

cd "$(dirname "$0")/.."
exec timeout --signal INT 6h pwsh -NoProfile -NonInteractive -File "$@"
