import Documents
import Schemas

/// How the items of two lists are brought together.
enum ListRule {
    /// By members that tell items apart; where those differ, by another one.
    case keyed([String], order: Bool)
    /// By what they hold; the order means something or not.
    case content(order: Bool)

    /// Lists whose order means nothing although the API replaces them as a whole, by the end of their type's name.
    private static let unordered: [String: Set<String>] = [
        "rbac.v1.PolicyRule": ["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"],
        "rbac.v1.Role": ["rules"], "rbac.v1.ClusterRole": ["rules"],
        "rbac.v1.RoleBinding": ["subjects"], "rbac.v1.ClusterRoleBinding": ["subjects"],
        "networking.v1.NetworkPolicySpec": ["ingress", "egress", "policyTypes"],
        "networking.v1.NetworkPolicyIngressRule": ["from", "ports"],
        "networking.v1.NetworkPolicyEgressRule": ["to", "ports"],
        "networking.v1.IPBlock": ["except"], "networking.v1.IngressTLS": ["hosts"],
        "core.v1.Capabilities": ["add", "drop"], "core.v1.PersistentVolumeClaimSpec": ["accessModes"],
        "core.v1.PersistentVolumeSpec": ["accessModes", "mountOptions"], "core.v1.PodSpec": ["tolerations"],
        "core.v1.ServiceSpec": ["loadBalancerSourceRanges", "externalIPs"], "v1.ObjectMeta": ["finalizers"],
        "v1.LabelSelectorRequirement": ["values"], "core.v1.NodeSelectorRequirement": ["values"],
    ]
    /// Lists that are merged by keys and whose order means something all the same.
    private static let ordered: Set<String> = ["initContainers", "containers", "env", "envFrom"]
    /// Members that tell the items of lists apart of which nothing is known.
    private static let usual = ["name", "key", "host", "path", "mountPath", "topologyKey", "containerPort", "ip", "id", "uid"]

    init(_ shape: FieldShape, _ old: Value, _ new: Value) {
        var keys: [String] = [], order = true
        switch shape {
        case .api(_, let field?, let owner):
            keys = field.listKeys
            if keys.isEmpty, let key = field.patchMergeKey { keys = [key] }
            let type = owner.split(separator: ".").suffix(3).joined(separator: ".")
            let names = Self.unordered[type] ?? Self.unordered[type.split(separator: ".").suffix(2).joined(separator: ".")]
            if field.list == .set || names?.contains(field.name) == true { order = false }
            if field.list == .map, !Self.ordered.contains(field.name) { order = false }
            if !keys.isEmpty, field.list != .atomic, !Self.ordered.contains(field.name) { order = false }
        case .custom(let custom):
            keys = custom.listKeys
            if custom.listType == .set || custom.listType == .map { order = false }
        default: break
        }
        if !keys.isEmpty, Self.areKeys(keys, of: old), Self.areKeys(keys, of: new) {
            self = .keyed(keys, order: order)
            return
        }
        let usual = Self.usual.first { Self.areKeys([$0], of: old) && Self.areKeys([$0], of: new) }
        self = usual.map { .keyed([$0], order: order) } ?? .content(order: order)
    }

    /// Whether members tell the items of a list apart: each item has the first of them, and no two have all in common.
    private static func areKeys(_ keys: [String], of list: Value) -> Bool {
        guard list.kind == .array else { return true }
        var known: Set<[Value]> = []
        for item in list.elements {
            guard item.kind == .object else { return false }
            let values = keys.map { item.field(named: $0) }
            guard let first = values.first, first.isDefined, first.kind != .null else { return false }
            if values.contains(where: \.isCollection) || !known.insert(values).inserted { return false }
        }
        return true
    }
}
