kubectl create namespace argocd
sed 's/^  name: hello$/  name: hello-x7k2p/' examples/quickstart/job.yaml | kubectl apply -f -
