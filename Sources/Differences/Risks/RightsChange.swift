import Documents
import Inputs

/// What roles and bindings give that they did not give before.
enum RightsChange {
    /// A rule of a role.
    private struct Rule {
        var groups: [String]
        var resources: [String]
        var verbs: [String]
        /// Names of objects; empty for all.
        var names: [String]
        var urls: [String]

        init(_ rule: Value) {
            (groups, resources) = (rule.field("apiGroups").strings, rule.field("resources").strings)
            (verbs, names) = (rule.field("verbs").strings, rule.field("resourceNames").strings)
            urls = rule.field("nonResourceURLs").strings
        }

        func covers(_ right: Right) -> Bool {
            guard verbs.contains(where: { $0 == "*" || $0 == right.verb }) else { return false }
            if let url = right.url { return urls.contains { Self.covers($0, url: url) } }
            guard groups.contains(where: { $0 == "*" || $0 == right.group }),
                resources.contains(where: { Self.covers($0, resource: right.resource) })
            else { return false }
            return names.isEmpty || right.name.map(names.contains) ?? false
        }

        /// `*` is every resource and subresource, `*/scale` the subresource of all.
        private static func covers(_ pattern: String, resource: String) -> Bool {
            if pattern == "*" || pattern == resource { return true }
            guard pattern.hasPrefix("*/"), let slash = resource.firstIndex(of: "/") else { return false }
            return resource[slash...] == pattern.dropFirst()
        }

        private static func covers(_ pattern: String, url: String) -> Bool {
            pattern == url || pattern.hasSuffix("*") && url.hasPrefix(pattern.dropLast())
        }
    }

    private struct Right: Hashable {
        var group = ""
        var resource = ""
        var verb: String
        var name: String?
        var url: String?
    }

    /// More rights of one role are not told one by one.
    private static let mostRights = 5000

    static func ofRole(_ old: Value, _ new: Value) -> [RiskNote] {
        let before = old.field("rules").array.map(Rule.init)
        var gained: [(place: String, verbs: [String])] = [], places: [String: Int] = [:], weight = Risk.Weight.low, count = 0
        for rule in new.field("rules").array.map(Rule.init) {
            for right in rights(of: rule) where !before.contains(where: { $0.covers(right) }) {
                count += 1
                if count > mostRights { break }
                weight = min(weight, self.weight(of: right))
                let place = text(of: right)
                if let index = places[place] {
                    if !gained[index].verbs.contains(right.verb) { gained[index].verbs.append(right.verb) }
                } else {
                    places[place] = gained.count
                    gained.append((place, [right.verb]))
                }
            }
        }
        var notes: [RiskNote] = []
        if !gained.isEmpty {
            let shown = gained.prefix(8).map { "\($0.verbs.joined(separator: ", ")) on \($0.place)" }.joined(separator: "; ")
            let more = gained.count > 8 ? "; and \(gained.count - 8) more" : ""
            notes.append(RiskNote(weight, (old.isDefined ? "gains " : "is new and gives ") + shown + more))
        }
        notes += aggregation(old, new)
        return notes
    }

    /// A ClusterRole whose rules become part of those of others.
    private static func aggregation(_ old: Value, _ new: Value) -> [RiskNote] {
        let prefix = "rbac.authorization.k8s.io/aggregate-to-"
        let before = old.field("metadata").field("labels"), labels = new.field("metadata").field("labels")
        guard labels.kind == .object else { return [] }
        return labels.keys.compactMap { key in
            guard let name = key.stringValue, name.hasPrefix(prefix), labels.field(named: name).stringValue == "true",
                before.field(named: name).stringValue != "true"
            else { return nil }
            return RiskNote(.medium, "becomes part of the ClusterRole \(name.dropFirst(prefix.count))")
        }
    }

    private static func rights(of rule: Rule) -> [Right] {
        var rights: [Right] = rule.urls.flatMap { url in rule.verbs.map { Right(verb: $0, url: url) } }
        let names: [String?] = rule.names.isEmpty ? [nil] : rule.names
        let count = rule.groups.count * rule.resources.count * rule.verbs.count * names.count
        if count > mostRights { return rights + [Right(group: "*", resource: "*", verb: "*")] }
        for group in rule.groups {
            for resource in rule.resources {
                for name in names { rights += rule.verbs.map { Right(group: group, resource: resource, verb: $0, name: name) } }
            }
        }
        return rights
    }

    private static func text(of right: Right) -> String {
        if let url = right.url { return url }
        let resource = right.resource == "*" ? "everything" : right.resource
        let group = right.group.isEmpty ? "" : right.group == "*" ? " of any group" : ".\(right.group)"
        let place =
            right.resource == "*" && !right.group.isEmpty && right.group != "*"
            ? "everything in \(right.group)" : resource + group
        return place + (right.name.map { " \"\($0)\"" } ?? "")
    }

    private static let reading: Set = ["get", "list", "watch"]
    /// Resources that lead to all others when somebody may write them.
    private static let keys: Set = [
        "roles", "clusterroles", "rolebindings", "clusterrolebindings", "mutatingwebhookconfigurations",
        "validatingwebhookconfigurations", "certificatesigningrequests/approval", "serviceaccounts/token", "nodes/proxy",
        "pods/exec", "pods/attach", "pods/ephemeralcontainers",
    ]
    private static let workloads: Set = [
        "pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs", "replicationcontrollers",
    ]

    private static func weight(of right: Right) -> Risk.Weight {
        if right.url != nil { return right.verb == "*" || right.url == "*" ? .high : .low }
        if ["escalate", "bind", "impersonate"].contains(right.verb) { return .high }
        let isReading = reading.contains(right.verb)
        if right.resource == "*" { return .high }
        if right.resource == "secrets" { return .high }
        if right.resource == "nodes/proxy" || !isReading && keys.contains(right.resource) { return .high }
        if right.verb == "*" || !isReading && workloads.contains(right.resource) { return .medium }
        return isReading ? .low : .medium
    }

    // MARK: Bindings

    static func ofBinding(_ old: Value, _ new: Value) -> [RiskNote] {
        let role = self.role(new),
            before = old.isDefined && self.role(old) == role ? Set(old.field("subjects").array.map(subject)) : []
        let gained = new.field("subjects").array.map(subject).filter { !before.contains($0) }
        if gained.isEmpty { return [] }
        let isWide = ["ClusterRole cluster-admin", "ClusterRole admin"].contains(role)
        let isPublic = gained.contains { subject in
            ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"].contains {
                subject.hasSuffix(" " + $0)
            }
        }
        let names = gained.prefix(8).joined(separator: ", ") + (gained.count > 8 ? " and \(gained.count - 8) more" : "")
        return [RiskNote(isWide || isPublic ? .high : .medium, "gives \(role) to \(names)")]
    }

    private static func role(_ binding: Value) -> String {
        let reference = binding.field("roleRef")
        return "\(reference.field("kind").stringValue ?? "role") \(reference.field("name").stringValue ?? "(no name)")"
    }

    private static func subject(_ subject: Value) -> String {
        let namespace = subject.field("namespace").stringValue.map { "\($0)/" } ?? ""
        return "\(subject.field("kind").stringValue ?? "") \(namespace)\(subject.field("name").stringValue ?? "")"
    }
}
