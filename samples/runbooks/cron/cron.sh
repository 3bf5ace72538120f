#!/bin/sh
# For cron: one run at a time (otherwise exit code 3), with a time limit.
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

cd "$(dirname "$0")/.."
exec flock --nonblock --conflict-exit-code 3 "$variables" \
    timeout --signal INT 6h \
    pwsh -NoProfile -NonInteractive -File "$@"
