mkdir -p certificates
cp "$BUILD_1_KEYS/ca.pem" certificates/ca.crt
cp "$BUILD_1_KEYS/cert.pem" certificates/tls.crt
cp "$BUILD_1_KEYS/key.pem" certificates/tls.key
cat > dump.json <<END
[{"model": "container_manager.dockerhost", "pk": 1, "fields": {
  "name": "production-docker", "host_type": "tcp", "connection_string": "$BUILD_1", "is_active": true,
  "tls_enabled": true, "tls_verify": true, "description": ""}},
 {"model": "container_manager.containertemplate", "pk": 1, "fields": {
  "name": "data-processor", "description": "", "docker_image": "busybox:stable", "command": "echo 'two words'",
  "working_directory": "", "memory_limit": 64, "cpu_limit": 1.0, "timeout_seconds": 60, "auto_remove": true,
  "is_active": true}},
 {"model": "container_manager.environmentvariable", "pk": 1, "fields": {
  "template": 1, "key": "DATABASE_URL", "value": "postgresql://user:not-a-real-one@db/app", "is_secret": true}},
 {"model": "container_manager.containerjob", "pk": "5c1c7a9e-6a52-4be4-9e5f-0f5c0b5f7c11", "fields": {
  "template": 1, "docker_host": 1, "status": "pending", "priority": 3, "command_override": "",
  "override_environment": {}}}]
END
