#!/usr/bin/env bash
# Packs the application and says what is in it.
set -euo pipefail
version=$1
mkdir -p dist
tar czf "dist/shop-$version.tar.gz" shop
( cd dist && sha256sum "shop-$version.tar.gz" > "shop-$version.sha256" )
printf '{"name":"shop","version":"%s"}\n' "$version" > dist/build.json
echo "built dist/shop-$version.tar.gz"
