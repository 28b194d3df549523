extension ForeignChecks {
    /// Tool, name of its check, and the policies that find what it finds: `docs/known-checks.md` the other way round.
    static let table = """
        kube-linter access-to-create-pods LT-RBAC-004
        kube-linter access-to-secrets LT-RBAC-003
        kube-linter cluster-admin-role-binding LT-RBAC-002
        kube-linter dangling-horizontalpodautoscaler LT-REF-004
        kube-linter dangling-ingress LT-REF-003
        kube-linter dangling-networkpolicy LT-NET-008
        kube-linter dangling-service LT-REF-002
        kube-linter default-service-account LT-POD-037
        kube-linter docker-sock LT-POD-020
        kube-linter drop-net-raw-capability LT-POD-010 LT-POD-011
        kube-linter duplicate-env-var LT-REF-006
        kube-linter env-value-from LT-REF-008
        kube-linter env-var-secret LT-SEC-004
        kube-linter exposed-services LT-NET-004 LT-NET-005
        kube-linter host-ipc LT-POD-014
        kube-linter host-network LT-POD-015
        kube-linter host-pid LT-POD-013
        kube-linter hpa-minimum-three-replicas LT-REL-008
        kube-linter invalid-target-ports LT-REF-005 LT-REF-015
        kube-linter latest-tag LT-IMG-001 LT-IMG-004
        kube-linter minimum-three-replicas LT-REL-003
        kube-linter mismatching-selector LT-REF-001
        kube-linter no-anti-affinity LT-REL-004
        kube-linter no-extensions-v1beta LT-API-001 LT-API-002
        kube-linter no-liveness-probe LT-REL-001
        kube-linter no-read-only-root-fs LT-POD-008
        kube-linter no-readiness-probe LT-REL-002
        kube-linter no-rolling-update-strategy LT-REL-009
        kube-linter non-existent-service-account LT-REF-007
        kube-linter non-isolated-pod LT-NET-002 LT-NET-003
        kube-linter pdb-max-unavailable LT-REL-007
        kube-linter pdb-min-available LT-REL-007
        kube-linter priority-class-name LT-REL-010
        kube-linter privilege-escalation-container LT-POD-002 LT-POD-012
        kube-linter privileged-container LT-POD-001
        kube-linter read-secret-from-env-var LT-SEC-003
        kube-linter required-annotation-email LT-REL-031
        kube-linter required-label-owner LT-REL-030
        kube-linter run-as-non-root LT-POD-003 LT-POD-007
        kube-linter sensitive-host-mounts LT-POD-018
        kube-linter unsafe-proc-mount LT-POD-022
        kube-linter unsafe-sysctls LT-POD-028
        kube-linter unset-cpu-requirements LT-RES-001 LT-RES-002
        kube-linter unset-memory-requirements LT-RES-003 LT-RES-004
        kube-linter use-namespace LT-POD-060
        kube-linter wildcard-in-rules LT-RBAC-001
        kube-linter writable-host-mount LT-POD-019
        checkov CKV2_K8S_1 LT-RBAC-006
        checkov CKV2_K8S_2 LT-RBAC-005 LT-RBAC-008
        checkov CKV2_K8S_3 LT-RBAC-007
        checkov CKV2_K8S_4 LT-RBAC-011
        checkov CKV2_K8S_5 LT-RBAC-003
        checkov CKV2_K8S_6 LT-NET-002 LT-NET-003
        checkov CKV_K8S_10 LT-RES-001
        checkov CKV_K8S_11 LT-RES-002
        checkov CKV_K8S_12 LT-RES-003
        checkov CKV_K8S_13 LT-RES-004
        checkov CKV_K8S_14 LT-IMG-001
        checkov CKV_K8S_15 LT-IMG-003
        checkov CKV_K8S_152 LT-NET-007
        checkov CKV_K8S_153 LT-NET-007
        checkov CKV_K8S_154 LT-NET-007
        checkov CKV_K8S_155 LT-RBAC-010
        checkov CKV_K8S_156 LT-RBAC-009
        checkov CKV_K8S_157 LT-RBAC-006
        checkov CKV_K8S_158 LT-RBAC-006
        checkov CKV_K8S_16 LT-POD-001
        checkov CKV_K8S_17 LT-POD-013
        checkov CKV_K8S_18 LT-POD-014
        checkov CKV_K8S_19 LT-POD-015
        checkov CKV_K8S_20 LT-POD-002
        checkov CKV_K8S_21 LT-POD-060
        checkov CKV_K8S_22 LT-POD-008
        checkov CKV_K8S_23 LT-POD-003 LT-POD-004
        checkov CKV_K8S_25 LT-POD-011
        checkov CKV_K8S_26 LT-POD-016
        checkov CKV_K8S_27 LT-POD-020
        checkov CKV_K8S_28 LT-POD-010
        checkov CKV_K8S_29 LT-POD-034
        checkov CKV_K8S_30 LT-POD-034
        checkov CKV_K8S_31 LT-POD-024
        checkov CKV_K8S_34 LT-POD-052
        checkov CKV_K8S_35 LT-SEC-003
        checkov CKV_K8S_37 LT-POD-009
        checkov CKV_K8S_38 LT-POD-035
        checkov CKV_K8S_39 LT-POD-012
        checkov CKV_K8S_40 LT-POD-005
        checkov CKV_K8S_41 LT-POD-037
        checkov CKV_K8S_43 LT-IMG-002
        checkov CKV_K8S_44 LT-POD-052
        checkov CKV_K8S_45 LT-POD-052
        checkov CKV_K8S_49 LT-RBAC-001
        checkov CKV_K8S_8 LT-REL-001
        checkov CKV_K8S_9 LT-REL-002
        trivy KSV-0001 LT-POD-002
        trivy KSV-0002 LT-POD-026
        trivy KSV-0003 LT-POD-009
        trivy KSV-0004 LT-POD-009
        trivy KSV-0005 LT-POD-012
        trivy KSV-0006 LT-POD-020
        trivy KSV-0008 LT-POD-014
        trivy KSV-0009 LT-POD-015
        trivy KSV-0010 LT-POD-013
        trivy KSV-0011 LT-RES-002
        trivy KSV-0012 LT-POD-003
        trivy KSV-0013 LT-IMG-001
        trivy KSV-0014 LT-POD-008
        trivy KSV-0015 LT-RES-001
        trivy KSV-0016 LT-RES-003
        trivy KSV-0017 LT-POD-001
        trivy KSV-0018 LT-RES-004
        trivy KSV-0020 LT-POD-005
        trivy KSV-0021 LT-POD-006
        trivy KSV-0022 LT-POD-011
        trivy KSV-0023 LT-POD-017
        trivy KSV-0024 LT-POD-016
        trivy KSV-0025 LT-POD-027
        trivy KSV-0026 LT-POD-028
        trivy KSV-0027 LT-POD-022
        trivy KSV-0028 LT-POD-029
        trivy KSV-0030 LT-POD-024
        trivy KSV-0032 LT-IMG-004
        trivy KSV-0033 LT-IMG-004
        trivy KSV-0034 LT-IMG-004
        trivy KSV-0035 LT-IMG-004
        trivy KSV-0036 LT-POD-035
        trivy KSV-0041 LT-RBAC-003
        trivy KSV-0043 LT-RBAC-007
        trivy KSV-0044 LT-RBAC-001
        trivy KSV-0045 LT-RBAC-001
        trivy KSV-0046 LT-RBAC-001
        trivy KSV-0047 LT-RBAC-008
        trivy KSV-0048 LT-RBAC-004
        trivy KSV-0050 LT-RBAC-006
        trivy KSV-0051 LT-RBAC-006
        trivy KSV-0052 LT-RBAC-006
        trivy KSV-0053 LT-RBAC-005
        trivy KSV-0054 LT-RBAC-005
        trivy KSV-0056 LT-RBAC-011
        trivy KSV-01010 LT-SEC-005
        trivy KSV-01011 LT-RBAC-012
        trivy KSV-0102 LT-POD-052
        trivy KSV-0103 LT-POD-021
        trivy KSV-0104 LT-POD-025
        trivy KSV-0105 LT-POD-004
        trivy KSV-0106 LT-POD-009
        trivy KSV-0107 LT-API-001 LT-API-002
        trivy KSV-0108 LT-NET-006
        trivy KSV-0109 LT-SEC-005
        trivy KSV-0110 LT-POD-060
        trivy KSV-0111 LT-RBAC-002
        trivy KSV-0112 LT-RBAC-001
        trivy KSV-0113 LT-RBAC-003
        trivy KSV-0114 LT-RBAC-010
        trivy KSV-0116 LT-POD-007
        trivy KSV-0118 LT-POD-034
        trivy KSV-0119 LT-POD-010
        trivy KSV-0120 LT-POD-012
        trivy KSV-0121 LT-POD-018
        trivy KSV-0122 LT-RBAC-012
        trivy KSV-0123 LT-RBAC-012
        trivy KSV-0125 LT-IMG-004
        polaris automountServiceAccountToken LT-POD-035
        polaris clusterrolePodExecAttach LT-RBAC-005
        polaris clusterrolebindingClusterAdmin LT-RBAC-002
        polaris clusterrolebindingPodExecAttach LT-RBAC-005
        polaris cpuLimitsMissing LT-RES-002
        polaris cpuRequestsMissing LT-RES-001
        polaris dangerousCapabilities LT-POD-011 LT-POD-012
        polaris deploymentMissingReplicas LT-REL-003
        polaris hostIPCSet LT-POD-014
        polaris hostNetworkSet LT-POD-015
        polaris hostPIDSet LT-POD-013
        polaris hostPathSet LT-POD-017
        polaris hostPortSet LT-POD-016
        polaris hostProcess LT-POD-021
        polaris hpaMinAvailability LT-REL-008
        polaris insecureCapabilities LT-POD-009 LT-POD-010
        polaris linuxHardening LT-POD-024 LT-POD-025 LT-POD-026 LT-POD-027
        polaris livenessProbeMissing LT-REL-001
        polaris memoryLimitsMissing LT-RES-004
        polaris memoryRequestsMissing LT-RES-003
        polaris metadataAndInstanceMismatched LT-REL-030
        polaris missingNetworkPolicy LT-NET-002 LT-NET-003
        polaris missingPodDisruptionBudget LT-REL-006
        polaris notReadOnlyRootFilesystem LT-POD-008
        polaris pdbDisruptionsIsZero LT-REL-007
        polaris priorityClassNotSet LT-REL-010
        polaris privilegeEscalationAllowed LT-POD-002
        polaris procMount LT-POD-022
        polaris pullPolicyNotAlways LT-IMG-003
        polaris readinessProbeMissing LT-REL-002
        polaris rolePodExecAttach LT-RBAC-005
        polaris rolebindingClusterAdminClusterRole LT-RBAC-002
        polaris rolebindingClusterAdminRole LT-RBAC-002
        polaris rolebindingClusterRolePodExecAttach LT-RBAC-005
        polaris rolebindingRolePodExecAttach LT-RBAC-005
        polaris runAsPrivileged LT-POD-001
        polaris runAsRootAllowed LT-POD-003 LT-POD-004
        polaris sensitiveConfigmapContent LT-SEC-005
        polaris sensitiveContainerEnvVar LT-SEC-004
        polaris tagNotSpecified LT-IMG-001
        polaris tlsSettingsMissing LT-NET-001
        polaris topologySpreadConstraint LT-REL-005
        kube-score container-cpu-requests-equal-limits LT-RES-006
        kube-score container-ephemeral-storage-request-and-limit LT-RES-005
        kube-score container-ephemeral-storage-request-equals-limit LT-RES-005
        kube-score container-image-pull-policy LT-IMG-003
        kube-score container-image-tag LT-IMG-001
        kube-score container-memory-requests-equal-limits LT-RES-006
        kube-score container-ports-check LT-REF-005 LT-REF-015
        kube-score container-resource-requests-equal-limits LT-RES-006
        kube-score container-resources LT-RES-001 LT-RES-002 LT-RES-003 LT-RES-004
        kube-score container-seccomp-profile LT-POD-024
        kube-score container-security-context-privileged LT-POD-001
        kube-score container-security-context-readonlyrootfilesystem LT-POD-008
        kube-score container-security-context-user-group-id LT-POD-003 LT-POD-005 LT-POD-006
        kube-score deployment-has-host-podantiaffinity LT-REL-004
        kube-score deployment-has-poddisruptionbudget LT-REL-006
        kube-score deployment-pod-selector-labels-match-template-metadata-labels LT-REF-001
        kube-score deployment-replicas LT-REL-003
        kube-score deployment-strategy LT-REL-009
        kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured LT-REF-023
        kube-score environment-variable-key-duplication LT-REF-006
        kube-score horizontalpodautoscaler-has-target LT-REF-004
        kube-score horizontalpodautoscaler-replicas LT-REL-008
        kube-score ingress-targets-service LT-REF-003
        kube-score networkpolicy-targets-pod LT-NET-008
        kube-score pod-networkpolicy LT-NET-002 LT-NET-003
        kube-score pod-probes LT-REL-001 LT-REL-002
        kube-score pod-topology-spread-constraints LT-REL-005
        kube-score service-targets-pod LT-REF-002
        kube-score service-type LT-NET-004
        kube-score stable-version LT-API-001 LT-API-002
        kube-score statefulset-has-host-podantiaffinity LT-REL-004
        kube-score statefulset-has-poddisruptionbudget LT-REL-006
        kube-score statefulset-pod-selector-labels-match-template-metadata-labels LT-REF-001
        kubescape C-0001 LT-IMG-004
        kubescape C-0002 LT-RBAC-005
        kubescape C-0004 LT-RES-003 LT-RES-004
        kubescape C-0009 LT-RES-004
        kubescape C-0012 LT-SEC-004 LT-SEC-005
        kubescape C-0013 LT-POD-003 LT-POD-004
        kubescape C-0015 LT-RBAC-003
        kubescape C-0016 LT-POD-002
        kubescape C-0017 LT-POD-008
        kubescape C-0018 LT-REL-002
        kubescape C-0020 LT-POD-018
        kubescape C-0030 LT-NET-002 LT-NET-003
        kubescape C-0034 LT-POD-035
        kubescape C-0035 LT-RBAC-002
        kubescape C-0038 LT-POD-013 LT-POD-014
        kubescape C-0041 LT-POD-015
        kubescape C-0044 LT-POD-016
        kubescape C-0045 LT-POD-018 LT-POD-019
        kubescape C-0046 LT-POD-011 LT-POD-012
        kubescape C-0048 LT-POD-017
        kubescape C-0050 LT-RES-001 LT-RES-002
        kubescape C-0055 LT-POD-026 LT-POD-027
        kubescape C-0056 LT-REL-001
        kubescape C-0057 LT-POD-001
        kubescape C-0059 LT-NET-007
        kubescape C-0061 LT-POD-060
        kubescape C-0065 LT-RBAC-007
        kubescape C-0074 LT-POD-020
        kubescape C-0075 LT-IMG-001 LT-IMG-003
        kubescape C-0076 LT-REL-030
        kubescape C-0077 LT-REL-030
        kubescape C-0078 LT-IMG-004
        kubescape C-0081 LT-ARGO-035
        kubescape C-0185 LT-RBAC-002
        kubescape C-0186 LT-RBAC-003
        kubescape C-0187 LT-RBAC-001
        kubescape C-0188 LT-RBAC-004
        kubescape C-0189 LT-POD-037
        kubescape C-0190 LT-POD-035
        kubescape C-0191 LT-RBAC-006 LT-RBAC-007
        kubescape C-0193 LT-POD-001
        kubescape C-0194 LT-POD-013
        kubescape C-0195 LT-POD-014
        kubescape C-0196 LT-POD-015
        kubescape C-0197 LT-POD-002
        kubescape C-0198 LT-POD-003
        kubescape C-0199 LT-POD-010
        kubescape C-0200 LT-POD-011
        kubescape C-0201 LT-POD-009
        kubescape C-0202 LT-POD-021
        kubescape C-0203 LT-POD-017
        kubescape C-0204 LT-POD-016
        kubescape C-0207 LT-SEC-003
        kubescape C-0210 LT-POD-024
        kubescape C-0211 LT-POD-034
        kubescape C-0212 LT-POD-060
        kubescape C-0225 LT-POD-037
        kubescape C-0239 LT-POD-037
        kubescape C-0246 LT-RBAC-012
        kubescape C-0256 LT-NET-005
        kubescape C-0259 LT-SEC-004
        kubescape C-0260 LT-NET-002 LT-NET-003
        kubescape C-0261 LT-POD-035
        kubescape C-0262 LT-RBAC-012
        kubescape C-0263 LT-NET-001
        kubescape C-0265 LT-RBAC-012
        kubescape C-0268 LT-RES-001
        kubescape C-0269 LT-RES-003
        kubescape C-0270 LT-RES-002
        kubescape C-0271 LT-RES-004
        kubescape C-0272 LT-RBAC-002
        kubescape C-0275 LT-POD-013
        kubescape C-0276 LT-POD-014
        kubescape C-0279 LT-RBAC-008
        kubescape C-0280 LT-RBAC-009
        kubescape C-0281 LT-RBAC-010
        kubescape C-0293 LT-REF-002
        kubescape C-0295 LT-REF-006
        kubescape C-0296 LT-REF-001
        kubescape C-0298 LT-REF-003
        kubescape C-0299 LT-NET-008
        kubescape C-0300 LT-REF-004
        kubescape C-0305 LT-REL-009
        kubescape C-0306 LT-IMG-002
        kubescape C-0307 LT-REF-007
        """
}
