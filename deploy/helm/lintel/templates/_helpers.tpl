{{- define "lintel.labels" -}}
app.kubernetes.io/name: lintel
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: lintel
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
{{- define "lintel.webhookLabels" -}}
app.kubernetes.io/name: lintel
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: webhook
app.kubernetes.io/part-of: lintel
app.kubernetes.io/version: {{ .Chart.AppVersion }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
