kubectl apply -f - <<'END'
apiVersion: longshore.dev/v1
kind: DockerHost
metadata:
  name: build-1
spec:
  endpoint: unix:///var/run/docker.sock
END
kubectl wait dhost build-1 --for=condition=Ready --timeout=30s
