#!/usr/bin/env bash
# The quickstart on the cluster that KUBECONFIG names: CRDs, an operator on this machine, the three resources of
# examples/quickstart, and their results. --delete deletes the resources again.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=src/scripts/machine.sh
source src/scripts/machine.sh

operator=
log=

usage() {
  give_up "usage: quickstart-cluster.sh [--delete]"
}

check_cluster() {
  [[ -n ${KUBECONFIG:-} ]] || give_up "KUBECONFIG is not set: set it to the cluster to use." \
    "For example: KUBECONFIG=~/.kube/config make quickstart-cluster" "Without a cluster: make quickstart"
  has kubectl || give_up "kubectl is not installed." "See https://kubernetes.io/docs/tasks/tools/"
  kubectl get --raw /readyz >/dev/null || give_up "the cluster of KUBECONFIG=$KUBECONFIG does not respond."
}

show_log() {
  say "the end of the operator's log, $log:"
  tail -n 20 "$log" >&2
}

start_operator() {
  log=$(mktemp -d)/operator.log
  say "starting the operator on this machine, with its log in $log"
  src/scripts/with-docker.sh "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -jar target/longshore.jar operator --http-port 0 \
    >"$log" 2>&1 &
  operator=$!
  trap stop_operator EXIT
}

stop_operator() {
  [[ -n $operator ]] || return 0
  # Under sudo it is root's; sudo passes the signal on.
  kill "$operator" 2>/dev/null || as_root kill "$operator" 2>/dev/null || true
  wait "$operator" 2>/dev/null || true
  operator=
}

# In steps, so that an operator that ended is noticed before the time is over.
wait_until_finished() {
  local step
  say "kubectl wait --for=condition=Finished -f examples/quickstart/job.yaml"
  for ((step = 0; step < 24; step++)); do
    if kubectl wait --for=condition=Finished --timeout=5s -f examples/quickstart/job.yaml >&2 2>/dev/null; then return; fi
    [[ -d /proc/$operator ]] || break
  done
  show_log
  say "the job did not finish: see its status with kubectl describe -f examples/quickstart/job.yaml"
  exit 1
}

run_example() {
  say "kubectl apply -f examples/quickstart"
  kubectl apply --server-side -f examples/quickstart >&2
  wait_until_finished
  # The counts of hosts and templates follow in a second, or five.
  kubectl wait --for=jsonpath='{.status.jobs.active}'=0 --timeout=10s -f examples/quickstart/template.yaml >/dev/null 2>&1 || true
  say "kubectl get cjob,dhost,ctmpl"
  kubectl get cjob,dhost,ctmpl >&2
  kubectl get -o yaml -f examples/quickstart/job.yaml
}

case $#${1:-} in
  0 | 1--delete) ;;
  *) usage ;;
esac

src/scripts/ensure-jdk.sh
check_cluster
src/scripts/ensure-docker.sh
src/scripts/with-docker.sh src/scripts/ensure-image.sh
src/scripts/ensure-jar.sh

say "kubectl apply --server-side -f crds"
kubectl apply --server-side -f crds >&2
kubectl wait --for=condition=Established --timeout=30s -f crds >&2
start_operator

if [[ ${1:-} == --delete ]]; then
  # While the operator runs: it is what takes the containers away, and lets go of the resources then.
  kubectl delete --ignore-not-found --timeout=60s -f examples/quickstart >&2 || { show_log && exit 1; }
  say "deleted, except the CRDs. To delete them: kubectl delete -f crds"
else
  run_example
  say "the resources are kept. To delete them: make quickstart-cluster-delete"
fi
