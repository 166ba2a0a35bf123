{{- define "report.labels" -}}
app.kubernetes.io/name: report
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}
{{- define "report.pod" -}}
restartPolicy: Never
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  seccompProfile: { type: RuntimeDefault }
containers:
  - name: {{ .name }}
    image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}"
    args: [{{ .name }}]
    securityContext:
      allowPrivilegeEscalation: false
      capabilities: { drop: [ALL] }
    resources:
      requests: { cpu: 20m, memory: 32Mi }
      limits: { cpu: 200m, memory: 128Mi }
    {{- if .secret }}
    envFrom:
      - secretRef: { name: {{ .root.Release.Name }} }
    {{- end }}
{{- end }}
