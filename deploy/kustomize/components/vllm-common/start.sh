#!/bin/sh
# Starts vllm serve with the arguments that lie in a folder: a file is named after an argument and holds its value.
# true and false are flags, an empty file is left out. Components merge arguments one by one that way.
set -eu
folder=${VLLM_ARGUMENTS:-/etc/vllm/arguments}

set --
model=
for file in "$folder"/*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    value=$(cat "$file")
    case $name=$value in
        *=) ;;
        model=*) model=$value ;;
        *=true) set -- "$@" "--$name" ;;
        *=false) set -- "$@" "--no-$name" ;;
        *) set -- "$@" "--$name" "$value" ;;
    esac
done
if [ -z "$model" ]; then
    echo "no model is named in $folder/model" >&2
    exit 2
fi

# One server over several machines: the first speaks HTTP, the others only compute.
if [ "${VLLM_NODES:-1}" -gt 1 ]; then
    set -- "$@" --distributed-executor-backend mp --nnodes "$VLLM_NODES" --node-rank "$VLLM_NODE_RANK" \
        --master-addr "$VLLM_FIRST_NODE"
    [ "$VLLM_NODE_RANK" -eq 0 ] || set -- "$@" --headless
fi

mkdir -p "${HOME:-/tmp}"
exec vllm serve "$model" --host 0.0.0.0 --port 8000 "$@"
