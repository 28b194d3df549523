/// The fields that hold names of other objects, as kustomize 5.8 knows them.
///
/// A line that starts with `>` names the kind that is referred to; the lines below it say which kinds refer to it, and by
/// which fields.
enum DefaultReferences {
    static let all: [TransformerSettings.NameReference] = {
        var references: [TransformerSettings.NameReference] = []
        for line in DefaultSettings.parts(of: table[...], at: "\n") {
            if line.hasPrefix("> ") {
                references.append(.init(target: DefaultSettings.gvk(line.dropFirst(2)), referrers: []))
                continue
            }
            // The colon after the last kind ends the kinds; those of paths belong to no name.
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let kinds = DefaultSettings.parts(of: line[..<colon], at: " ").map(DefaultSettings.gvk)
            let paths = DefaultSettings.parts(of: line[line.utf8.index(after: colon)...], at: " ").map { FieldSpec(String($0)) }
            for kind in kinds {
                references[references.count - 1].referrers += paths.map { $0.of(kind) }
            }
        }
        return references.sorted { LegacyOrder.isBefore($0.target, $1.target) }
    }()

    private static let table = """
        > Deployment
        HorizontalPodAutoscaler: spec/scaleTargetRef/name
        > ReplicationController
        HorizontalPodAutoscaler: spec/scaleTargetRef/name
        > ReplicaSet
        HorizontalPodAutoscaler: spec/scaleTargetRef/name
        > StatefulSet
        HorizontalPodAutoscaler: spec/scaleTargetRef/name
        > ConfigMap.v1
        Pod.v1: spec/volumes/configMap/name spec/containers/env/valueFrom/configMapKeyRef/name \
        spec/initContainers/env/valueFrom/configMapKeyRef/name spec/containers/envFrom/configMapRef/name \
        spec/initContainers/envFrom/configMapRef/name spec/volumes/projected/sources/configMap/name
        PodTemplate: template/spec/volumes/configMap/name \
        template/spec/containers/env/valueFrom/configMapKeyRef/name \
        template/spec/initContainers/env/valueFrom/configMapKeyRef/name \
        template/spec/containers/envFrom/configMapRef/name \
        template/spec/initContainers/envFrom/configMapRef/name \
        template/spec/volumes/projected/sources/configMap/name
        Deployment ReplicaSet DaemonSet StatefulSet Job: spec/template/spec/volumes/configMap/name \
        spec/template/spec/containers/env/valueFrom/configMapKeyRef/name \
        spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name \
        spec/template/spec/containers/envFrom/configMapRef/name \
        spec/template/spec/initContainers/envFrom/configMapRef/name \
        spec/template/spec/volumes/projected/sources/configMap/name
        CronJob: spec/jobTemplate/spec/template/spec/volumes/configMap/name \
        spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name \
        spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name \
        spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name \
        spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name \
        spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name
        Node: spec/configSource/configMap
        Role ClusterRole: rules/resourceNames
        Ingress: metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap
        > Secret.v1
        Pod.v1: spec/volumes/secret/secretName spec/containers/env/valueFrom/secretKeyRef/name \
        spec/initContainers/env/valueFrom/secretKeyRef/name spec/containers/envFrom/secretRef/name \
        spec/initContainers/envFrom/secretRef/name spec/imagePullSecrets/name \
        spec/volumes/projected/sources/secret/name
        PodTemplate: template/spec/volumes/secret/secretName \
        template/spec/containers/env/valueFrom/secretKeyRef/name \
        template/spec/initContainers/env/valueFrom/secretKeyRef/name \
        template/spec/containers/envFrom/secretRef/name template/spec/initContainers/envFrom/secretRef/name \
        template/spec/imagePullSecrets/name template/spec/volumes/projected/sources/secret/name
        Deployment ReplicaSet DaemonSet StatefulSet Job: spec/template/spec/volumes/secret/secretName \
        spec/template/spec/containers/env/valueFrom/secretKeyRef/name \
        spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name \
        spec/template/spec/containers/envFrom/secretRef/name \
        spec/template/spec/initContainers/envFrom/secretRef/name spec/template/spec/imagePullSecrets/name \
        spec/template/spec/volumes/projected/sources/secret/name
        CronJob: spec/jobTemplate/spec/template/spec/volumes/secret/secretName \
        spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name \
        spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name \
        spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name \
        spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name \
        spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name \
        spec/jobTemplate/spec/template/spec/imagePullSecrets/name
        Ingress: spec/tls/secretName metadata/annotations/ingress.kubernetes.io\\/auth-secret \
        metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret \
        metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret
        ServiceAccount: imagePullSecrets/name
        StorageClass: parameters/secretName parameters/adminSecretName parameters/userSecretName \
        parameters/secretRef
        Role ClusterRole: rules/resourceNames
        Service.v1@serving.knative.dev: spec/template/spec/containers/env/valueFrom/secretKeyRef/name
        PersistentVolume: spec/azureFile/secretName
        > Service.v1
        StatefulSet@apps: spec/serviceName
        Ingress: spec/rules/http/paths/backend/serviceName spec/backend/serviceName \
        spec/rules/http/paths/backend/service/name spec/defaultBackend/service/name
        APIService@apiregistration.k8s.io: spec/service/name
        ValidatingWebhookConfiguration@admissionregistration.k8s.io \
        MutatingWebhookConfiguration@admissionregistration.k8s.io: webhooks/clientConfig/service
        > Role@rbac.authorization.k8s.io
        RoleBinding@rbac.authorization.k8s.io: roleRef/name
        > ClusterRole@rbac.authorization.k8s.io
        RoleBinding@rbac.authorization.k8s.io ClusterRoleBinding@rbac.authorization.k8s.io: roleRef/name
        > ServiceAccount.v1
        RoleBinding@rbac.authorization.k8s.io ClusterRoleBinding@rbac.authorization.k8s.io: subjects
        Pod: spec/serviceAccountName
        StatefulSet Deployment ReplicationController Job DaemonSet: spec/template/spec/serviceAccountName
        CronJob: spec/jobTemplate/spec/template/spec/serviceAccountName
        > PersistentVolumeClaim.v1
        Pod: spec/volumes/persistentVolumeClaim/claimName
        StatefulSet Deployment ReplicationController Job DaemonSet: \
        spec/template/spec/volumes/persistentVolumeClaim/claimName
        CronJob: spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName
        > PersistentVolume.v1
        PersistentVolumeClaim: spec/volumeName
        ClusterRole: rules/resourceNames
        > StorageClass.v1@storage.k8s.io
        PersistentVolume PersistentVolumeClaim: spec/storageClassName
        StatefulSet: spec/volumeClaimTemplates/spec/storageClassName
        > PriorityClass.v1@scheduling.k8s.io
        Pod: spec/priorityClassName
        StatefulSet Deployment ReplicationController Job DaemonSet: spec/template/spec/priorityClassName
        CronJob: spec/jobTemplate/spec/template/spec/priorityClassName
        > IngressClass.v1@networking.k8s.io/v1
        Ingress: spec/ingressClassName
        > ValidatingAdmissionPolicy@admissionregistration.k8s.io
        ValidatingAdmissionPolicyBinding@admissionregistration.k8s.io: spec/policyName
        """
}
