import Documents
import Inputs

/// What is lost when an object goes away.
enum Removal {
    static func loss(_ type: GroupKind, _ object: Value) -> (Risk.Weight, String)? {
        switch (type.group, type.kind) {
        case ("", "Namespace"): (.high, "is removed, and everything in it")
        case ("", "PersistentVolumeClaim"): (.high, "is removed, and its data where the volume is not retained")
        case ("", "PersistentVolume"): (.medium, "is removed")
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            (
                .high,
                "is removed, and every \(object.field("spec").field("names").field("kind").stringValue ?? "object") of all namespaces"
            )
        case ("apps", "StatefulSet"): (.medium, "is removed; its claims stay unless it says otherwise")
        case ("policy", "PodDisruptionBudget"): (.low, "is removed: nothing keeps evictions from stopping all its Pods")
        case ("", "ResourceQuota"), ("", "LimitRange"): (.low, "is removed: its namespace has no such limit any more")
        case ("admissionregistration.k8s.io", _) where type.kind.hasPrefix("Validating") || type.kind.hasPrefix("Mutating"):
            (.medium, "is removed: what it refused or changed passes as it is")
        default: nil
        }
    }
}

/// Objects that refer to others by name.
enum References {
    struct Target: Hashable {
        var kind: String
        var namespace: String?
        var name: String
    }

    private static let longestWalk = 20_000

    /// What an object needs to find in the cluster.
    static func targets(of resource: Resource) -> Set<Target> {
        var found: Set<Target> = []
        let root = resource.value, namespace = resource.namespace
        func add(_ kind: String, _ name: Value, in namespace: String?) {
            if let name = name.stringValue, !name.isEmpty { found.insert(Target(kind: kind, namespace: namespace, name: name)) }
        }
        switch resource.type.kind {
        case "RoleBinding", "ClusterRoleBinding":
            let role = root.field("roleRef"), kind = role.field("kind").stringValue ?? ""
            add(kind, role.field("name"), in: kind == "Role" ? namespace : nil)
            for subject in root.field("subjects").array where subject.field("kind").stringValue == "ServiceAccount" {
                add("ServiceAccount", subject.field("name"), in: subject.field("namespace").stringValue ?? namespace)
            }
        case "HorizontalPodAutoscaler":
            let target = root.field("spec").field("scaleTargetRef")
            add(target.field("kind").stringValue ?? "", target.field("name"), in: namespace)
        case "Ingress":
            for rule in root.field("spec").field("rules").array {
                for item in rule.field("http").field("paths").array {
                    add("Service", item.field("backend").field("service").field("name"), in: namespace)
                }
            }
            for entry in root.field("spec").field("tls").array { add("Secret", entry.field("secretName"), in: namespace) }
        default:
            var left = longestWalk
            walk(root, namespace, &left, add)
        }
        return found
    }

    /// References of Pod templates, wherever they stand.
    private static func walk(
        _ value: Value, _ namespace: String?, _ left: inout Int, _ add: (String, Value, String?) -> Void
    ) {
        left -= 1
        if left <= 0 { return }
        switch value.kind {
        case .array: for item in value.elements where item.isCollection { walk(item, namespace, &left, add) }
        case .object:
            for index in 0..<value.count {
                let child = value.values[index]
                switch value.keys[index].stringValue {
                case "configMapRef", "configMapKeyRef", "configMap":
                    if !child.field("optional").isTrue { add("ConfigMap", child.field("name"), namespace) }
                case "secretRef", "secretKeyRef":
                    if !child.field("optional").isTrue { add("Secret", child.field("name"), namespace) }
                case "secret":
                    if !child.field("optional").isTrue { add("Secret", child.field("secretName"), namespace) }
                case "persistentVolumeClaim": add("PersistentVolumeClaim", child.field("claimName"), namespace)
                case "serviceAccountName": add("ServiceAccount", child, namespace)
                default: break
                }
                if child.isCollection { walk(child, namespace, &left, add) }
            }
        default: break
        }
    }
}

extension RiskFinder {
    /// Tells which removed objects the ones that stay still name.
    mutating func look(forUsersOf removed: [ComparedObject], among objects: [ComparedObject]) {
        if removed.isEmpty { return }
        var wanted: [References.Target: [ComparedObject]] = [:]
        for object in removed {
            let key = References.Target(
                kind: object.resource.type.kind, namespace: object.resource.namespace, name: object.resource.name)
            wanted[key, default: []].append(object)
        }
        var users: [References.Target: [String]] = [:]
        // Another application may bring it along.
        var present: Set<References.Target> = []
        for object in objects {
            let resource = object.resource
            present.insert(.init(kind: resource.type.kind, namespace: resource.namespace, name: resource.name))
            for target in References.targets(of: resource) where wanted[target] != nil {
                users[target, default: []].append(resource.title)
            }
        }
        for (target, objects) in wanted where !present.contains(target) {
            guard let names = users[target], let object = objects.first else { continue }
            let unique = Array(Set(names)).sorted()
            let text = unique.prefix(5).joined(separator: ", ") + (unique.count > 5 ? " and \(unique.count - 5) more" : "")
            add(.removal, .high, "is removed, and \(text) still need\(unique.count == 1 ? "s" : "") it", object, DocumentPath())
        }
    }
}
