#!/bin/sh
# Before a server stops: waits until it has answered what it was asked, so that a rolling restart cuts no answer short.
# The pod has left its service by then, after the moment that the cluster takes to tell everybody.
set -u
sleep "${VLLM_LEAVE_SECONDS:-10}"
rounds=${VLLM_DRAIN_ROUNDS:-290}
while [ "$rounds" -gt 0 ]; do
    left=$(curl -fsS --max-time 5 "http://${VLLM_FIRST_NODE:-127.0.0.1}:8000/metrics" 2>/dev/null |
        awk '/^vllm:num_requests_(running|waiting)[{ ]/ { sum += $NF } END { if (NR) print int(sum) }')
    # No metrics: there is no server any more. The parts of a server over several machines ask the first.
    [ -n "$left" ] || exit 0
    [ "$left" -gt 0 ] || exit 0
    sleep 1
    rounds=$((rounds - 1))
done
