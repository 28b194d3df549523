import Documents

/// What the server fills in where a manifest says nothing. The published documents do not tell most of these.
enum APIDefaults {
    /// Fields of a type, by its name without the package, with their values as JSON.
    private static let table: [(type: String, values: String)] = [
        (
            "core.v1.PodSpec",
            #"{"restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","terminationGracePeriodSeconds":30,"enableServiceLinks":true,"securityContext":{},"hostNetwork":false,"hostPID":false,"hostIPC":false}"#
        ),
        (
            "core.v1.Container",
            #"{"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","resources":{},"stdin":false,"stdinOnce":false,"tty":false}"#
        ),
        ("core.v1.ContainerPort", #"{"protocol":"TCP","hostPort":0}"#),
        (
            "core.v1.Probe",
            #"{"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3,"initialDelaySeconds":0}"#
        ),
        ("core.v1.HTTPGetAction", #"{"scheme":"HTTP","path":"/"}"#),
        ("core.v1.ObjectFieldSelector", #"{"apiVersion":"v1"}"#),
        ("core.v1.VolumeMount", #"{"readOnly":false}"#),
        ("core.v1.SecretVolumeSource", #"{"defaultMode":420}"#),
        ("core.v1.ConfigMapVolumeSource", #"{"defaultMode":420}"#),
        ("core.v1.DownwardAPIVolumeSource", #"{"defaultMode":420}"#),
        ("core.v1.ProjectedVolumeSource", #"{"defaultMode":420}"#),
        ("core.v1.ServiceAccountTokenProjection", #"{"expirationSeconds":3600}"#),
        ("core.v1.PersistentVolumeClaimVolumeSource", #"{"readOnly":false}"#),
        ("core.v1.HostPathVolumeSource", #"{"type":""}"#),
        ("core.v1.PersistentVolumeClaimSpec", #"{"volumeMode":"Filesystem","volumeName":""}"#),
        ("core.v1.PersistentVolumeSpec", #"{"volumeMode":"Filesystem","persistentVolumeReclaimPolicy":"Retain"}"#),
        ("core.v1.PersistentVolumeClaimStatus", #"{"phase":"Pending"}"#),
        ("core.v1.ServiceSpec", #"{"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}"#),
        ("core.v1.ServicePort", #"{"protocol":"TCP"}"#),
        ("core.v1.EndpointPort", #"{"protocol":"TCP"}"#),
        ("core.v1.Secret", #"{"type":"Opaque"}"#),
        ("core.v1.ReplicationControllerSpec", #"{"replicas":1}"#),
        (
            "apps.v1.DeploymentSpec",
            #"{"replicas":1,"revisionHistoryLimit":10,"progressDeadlineSeconds":600,"minReadySeconds":0,"paused":false}"#
        ),
        ("apps.v1.DeploymentStrategy", #"{"type":"RollingUpdate"}"#),
        ("apps.v1.RollingUpdateDeployment", #"{"maxUnavailable":"25%","maxSurge":"25%"}"#),
        ("apps.v1.DaemonSetSpec", #"{"revisionHistoryLimit":10,"minReadySeconds":0}"#),
        ("apps.v1.DaemonSetUpdateStrategy", #"{"type":"RollingUpdate"}"#),
        ("apps.v1.RollingUpdateDaemonSet", #"{"maxUnavailable":1,"maxSurge":0}"#),
        (
            "apps.v1.StatefulSetSpec",
            #"{"replicas":1,"podManagementPolicy":"OrderedReady","revisionHistoryLimit":10,"minReadySeconds":0,"serviceName":""}"#
        ),
        ("apps.v1.StatefulSetUpdateStrategy", #"{"type":"RollingUpdate"}"#),
        ("apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy", #"{"whenDeleted":"Retain","whenScaled":"Retain"}"#),
        ("apps.v1.ReplicaSetSpec", #"{"replicas":1,"minReadySeconds":0}"#),
        (
            "batch.v1.JobSpec",
            #"{"backoffLimit":6,"completionMode":"NonIndexed","suspend":false,"manualSelector":false}"#
        ),
        (
            "batch.v1.CronJobSpec",
            #"{"concurrencyPolicy":"Allow","suspend":false,"successfulJobsHistoryLimit":3,"failedJobsHistoryLimit":1}"#
        ),
        ("storage.v1.StorageClass", #"{"reclaimPolicy":"Delete","volumeBindingMode":"Immediate"}"#),
        (
            "storage.v1.CSIDriverSpec",
            #"{"attachRequired":true,"podInfoOnMount":false,"storageCapacity":false,"fsGroupPolicy":"ReadWriteOnceWithFSType","volumeLifecycleModes":["Persistent"],"requiresRepublish":false,"seLinuxMount":false}"#
        ),
        ("scheduling.v1.PriorityClass", #"{"preemptionPolicy":"PreemptLowerPriority","globalDefault":false}"#),
        ("rbac.v1.RoleRef", #"{"apiGroup":"rbac.authorization.k8s.io"}"#),
        ("networking.v1.NetworkPolicyPort", #"{"protocol":"TCP"}"#),
        ("autoscaling.v2.HorizontalPodAutoscalerSpec", #"{"minReplicas":1}"#),
        (
            "admissionregistration.v1.ValidatingWebhook",
            #"{"failurePolicy":"Fail","matchPolicy":"Equivalent","timeoutSeconds":10,"namespaceSelector":{},"objectSelector":{}}"#
        ),
        (
            "admissionregistration.v1.MutatingWebhook",
            #"{"failurePolicy":"Fail","matchPolicy":"Equivalent","timeoutSeconds":10,"reinvocationPolicy":"Never","namespaceSelector":{},"objectSelector":{}}"#
        ),
        ("admissionregistration.v1.Rule", #"{"scope":"*"}"#),
        ("admissionregistration.v1.RuleWithOperations", #"{"scope":"*"}"#),
        ("admissionregistration.v1.ServiceReference", #"{"port":443}"#),
        ("apiextensions.v1.CustomResourceDefinitionSpec", #"{"preserveUnknownFields":false}"#),
        ("discovery.v1.EndpointPort", #"{"protocol":"TCP"}"#),
        ("resource.v1.ExactDeviceRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1.DeviceSubRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1beta2.ExactDeviceRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1beta2.DeviceSubRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1beta1.DeviceRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1beta1.DeviceSubRequest", #"{"allocationMode":"ExactCount","count":1}"#),
        ("resource.v1.DeviceToleration", #"{"operator":"Equal"}"#),
        ("resource.v1beta2.DeviceToleration", #"{"operator":"Equal"}"#),
        ("resource.v1beta1.DeviceToleration", #"{"operator":"Equal"}"#),
    ]

    /// The same by type, parsed when the first question comes; it lives as long as the program.
    private static let documents: [String: Document] = {
        var documents: [String: Document] = [:]
        for (type, values) in table {
            let source = SourceText.file(values)
            documents[type] = try? JSONReader.read(source, keepsPositions: false)
        }
        return documents
    }()

    /// The value of an absent field; undefined where the server leaves it so.
    static func value(of field: Shape.Field, in typeName: String) -> Value {
        let parts = typeName.split(separator: ".")
        guard parts.count >= 3 else { return .undefined }
        let key = parts.suffix(3).joined(separator: ".")
        return documents[key]?.root.field(named: field.name) ?? .undefined
    }
}
