kubectl apply -f examples/quickstart
