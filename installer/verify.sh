#!/usr/bin/env bash
# Installs what the tests use, runs all of them, then the demo; ends non-zero when anything fails.
set -euo pipefail

project=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=installer/lib/prerequisites.sh
source "$project/installer/lib/prerequisites.sh"
# shellcheck source=installer/lib/imageio.sh
source "$project/installer/lib/imageio.sh"
# shellcheck source=installer/lib/nbd.sh
source "$project/installer/lib/nbd.sh"
# shellcheck source=installer/lib/postgres.sh
source "$project/installer/lib/postgres.sh"
# shellcheck source=installer/lib/journeys.sh
source "$project/installer/lib/journeys.sh"

settle_environment
see_to_prerequisites
see_to_imageio
see_to_nbd_clients
see_to_postgres
see_to_journeys
cd -- "$project"
# Surefire's summaries come at level INFO; the download chatter does not help anybody.
mvn -B --no-transfer-progress verify </dev/null
installer/demo.sh --exit </dev/null
