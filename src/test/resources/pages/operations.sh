kubectl apply -f - <<'END'
apiVersion: longshore.dev/v1
kind: DockerHost
metadata:
  name: build-1
spec:
  endpoint: unix:///var/run/docker.sock
END
kubectl wait dhost build-1 --for=condition=Ready --timeout=30s
# Those of several installations; the one that moves has a host.
for namespace in team-a team-b team-c; do
  kubectl create namespace "$namespace"
done
kubectl apply -f - <<'END'
apiVersion: longshore.dev/v1
kind: DockerHost
metadata:
  name: edge-1
  namespace: team-c
spec:
  endpoint: unix:///var/run/docker.sock
END
# Runs while the page lists the containers, and ends before the maintenance that waits for it.
kubectl apply -f - <<'EOF'
apiVersion: longshore.dev/v1
kind: ContainerTemplate
metadata:
  name: report
spec:
  image: busybox:stable
  command: [sleep, "20"]
---
apiVersion: longshore.dev/v1
kind: ContainerJob
metadata:
  name: nightly-report
spec:
  templateRef: {name: report}
  hostRef: {name: build-1}
EOF
kubectl wait cjob nightly-report --for=jsonpath='{.status.phase}'=Running --timeout=30s
