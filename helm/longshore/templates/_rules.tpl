{{/*
Permissions of the operator in the namespaces that it watches. A test runs it with these rules and checks that each verb is
used and none is missing.
*/}}
{{- define "longshore.rules" -}}
- apiGroups: [longshore.dev]
  resources: [containerjobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [longshore.dev]
  resources: [dockerhosts]
  verbs: [get, list, watch, patch]
- apiGroups: [longshore.dev]
  resources: [containertemplates]
  verbs: [list, watch]
- apiGroups: [longshore.dev]
  resources: [containercronjobs]
  verbs: [get, list, watch]
# Where owner references are enforced, as on OpenShift: jobs block the deletion of their schedule.
- apiGroups: [longshore.dev]
  resources: [containercronjobs/finalizers]
  verbs: [update]
- apiGroups: [longshore.dev]
  resources: [containerjobs/status, dockerhosts/status, containertemplates/status, containercronjobs/status]
  verbs: [update]
# Read by name when a job or host refers to one; never listed or watched. A Namespace is read for its labels.
- apiGroups: [""]
  resources: [secrets, configmaps, namespaces]
  verbs: [get]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}
