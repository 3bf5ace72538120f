#!/bin/sh
# For cron: one run at a time, with a time limit. Secrets come from a file that only this user can read (chmod 600), one line per variable:
#   EPCC_API_BASE_URL=https://useast.api.elasticpath.com
#   EPCC_CLIENT_ID=...
#   EPCC_CLIENT_SECRET=...
#   EPPROMO_MODULE=/opt/EpPromo
#   PATH=/home/jobs/.dotnet/tools:/usr/local/bin:/usr/bin:/bin
# The last line is needed if pwsh is a .NET tool: cron searches few folders for programs, and not that one.
#
# A crontab line, Mondays at 6:15; the batch is named after the week:
#   15 6 * * 1  /opt/eppromo/cron.sh /etc/eppromo.env -Promotion 'Weekly*' -Batch "Week $(date +\%V)" -NumberOfCodes 100 -Folder /srv/codes
set -eu

secrets=$1
shift
set -a
. "$secrets"
set +a

here=$(dirname "$0")
export PSModulePath="$(dirname "$EPPROMO_MODULE"):${PSModulePath:-}"
exec flock --nonblock --conflict-exit-code 3 "$secrets" \
    timeout --signal INT 75m \
    pwsh -NoProfile -NonInteractive -File "$here/New-PromotionCode.ps1" "$@"
