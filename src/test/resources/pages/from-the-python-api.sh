sed 's/^  name: local$/  name: production-docker/' examples/quickstart/host.yaml | kubectl apply -f -
kubectl apply -f - <<'END'
apiVersion: longshore.dev/v1
kind: ContainerTemplate
metadata:
  name: data-processor
spec:
  image: busybox:stable
  command: [echo]
---
apiVersion: longshore.dev/v1
kind: ContainerTemplate
metadata:
  name: api-worker
spec:
  image: busybox:stable
END
