#!/usr/bin/env bash
# Stands for a deployment: GitOps takes this over in a real project.
set -euo pipefail
for part in 1 2 3; do
  echo "deploying to $1 ($2): part $part of 3"
  sleep 1
done
echo "deployed to $1"
