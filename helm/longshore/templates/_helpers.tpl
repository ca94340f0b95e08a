{{- define "longshore.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* For resources outside the release's namespace, where two releases with the same name must not collide. */}}
{{- define "longshore.outerName" -}}
{{- printf "%s-%s" .Release.Namespace (include "longshore.fullname" .) -}}
{{- end -}}

{{- define "longshore.serviceAccount" -}}
{{- $default := ternary (include "longshore.fullname" .) "default" .Values.serviceAccount.create -}}
{{- default $default .Values.serviceAccount.name -}}
{{- end -}}

{{- define "longshore.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "longshore.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "longshore.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: longshore
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "longshore.labels" -}}
{{ include "longshore.selectorLabels" . }}
{{ include "longshore.commonLabels" . }}
{{- end -}}

{{/* Empty unless the archive is a folder. An upgrade with the values of an older chart has no logArchive. */}}
{{- define "longshore.logArchiveFolder" -}}
{{- $uri := default "" (default dict .Values.logArchive).uri -}}
{{- if hasPrefix "file://" $uri -}}
{{- $uri | trimPrefix "file://" | trimSuffix "/" -}}
{{- end -}}
{{- end -}}

{{- define "longshore.checkLogArchive" -}}
{{- $archive := default dict .Values.logArchive -}}
{{- $folder := include "longshore.logArchiveFolder" . -}}
{{- if not (hasPrefix "s3://" (default "" $archive.uri)) -}}
{{- range list "endpoint" "region" "existingSecret" -}}
{{- if get $archive . -}}
{{- fail (printf "logArchive.%s requires an s3:// URI in logArchive.uri" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $archive.persistentVolumeClaim (not $folder) -}}
{{- fail "logArchive.persistentVolumeClaim requires a file:// URI in logArchive.uri, such as file:///logs" -}}
{{- end -}}
{{- if and $folder (not $archive.persistentVolumeClaim) -}}
{{- fail (printf "logArchive.uri %s requires logArchive.persistentVolumeClaim: the image's own file system is read-only" $archive.uri) -}}
{{- end -}}
{{- if has $folder (list "/bin" "/dev" "/etc" "/home" "/lib" "/lib64" "/opt" "/opt/longshore" "/proc" "/run" "/sbin" "/sys" "/tmp" "/usr" "/var" "/var/run" "/var/run/docker.sock") -}}
{{- fail (printf "logArchive.uri %s would hide a folder of the image: choose another one, such as file:///logs" $archive.uri) -}}
{{- end -}}
{{- end -}}

{{/* Sufficient for every process in the image. */}}
{{- define "longshore.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "longshore.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
