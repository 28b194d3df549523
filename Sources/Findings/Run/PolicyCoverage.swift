package import Catalogue
package import Documents
package import Inputs

/// How far the objects of a run comply, policy by policy.
package struct PolicyCoverage: Sendable {
    /// An object that was judged.
    package struct Unit: Sendable {
        package let resource: ResourceReference
        /// The file it stands in, or that its build begins with.
        package let file: String
        /// The value of the label that names its owner; empty without it.
        package let owner: String
        /// Paths of its containers.
        package let containers: [DocumentPath]

        init(_ resource: Resource, ownerLabel: String) {
            self.resource = resource.reference
            file = resource.path
            let metadata = resource.value.field("metadata")
            owner =
                metadata.field("labels").field(named: ownerLabel).stringValue
                ?? metadata.field("annotations").field(named: ownerLabel).stringValue ?? ""
            containers = Self.containers(of: resource.value)
        }

        private static let templates: [[DocumentPath.Step]] = [
            [.key("spec")], [.key("spec"), .key("template"), .key("spec")],
            [.key("spec"), .key("jobTemplate"), .key("spec"), .key("template"), .key("spec")],
        ]

        private static func containers(of object: Value) -> [DocumentPath] {
            for steps in templates.reversed() {
                var node = object
                for case .key(let key) in steps { node = node.kind == .object ? node.field(named: key) : .undefined }
                guard node.kind == .object, node.field("containers").kind == .array else { continue }
                return ["initContainers", "containers", "ephemeralContainers"].flatMap { name -> [DocumentPath] in
                    let list = node.field(named: name)
                    guard list.kind == .array else { return [] }
                    return (0..<list.count).map { DocumentPath(steps + [.key(name), .index($0)]) }
                }
            }
            return []
        }
    }

    /// How many of some things comply.
    package struct Share: Sendable, Hashable {
        package var total = 0
        package var compliant = 0

        package init(total: Int = 0, compliant: Int = 0) {
            self.total = total
            self.compliant = compliant
        }

        /// In tenths of a percent, rounded down, so that only a full share is 100; nil of nothing.
        package var permille: Int? { total == 0 ? nil : compliant * 1000 / total }

        mutating func add(_ complies: Bool, count: Int = 1) {
            total += count
            if complies { compliant += count }
        }
    }

    /// The shares of a policy, or of all together, in one group of objects.
    package struct Row: Sendable {
        package var policy: Policy?
        package var group = ""
        package var resources = Share()
        package var containers = Share()
    }

    /// What objects are grouped by.
    package enum Grouping: String, Sendable, CaseIterable {
        case none, namespace, path, owner
    }

    /// One row a policy, by id.
    package private(set) var policies: [Row] = []
    /// One row a group, all policies together; empty without grouping.
    package private(set) var groups: [Row] = []
    /// One row a policy and group.
    package private(set) var details: [Row] = []

    /// - Parameters:
    ///   - report: of a run that was told to keep the objects it judged.
    ///   - depth: how many folders of a path make a group.
    package init(_ report: Report, by grouping: Grouping, depth: Int = 1) {
        var violations: [String: [ObjectIdentifier: [DocumentPath]]] = [:]
        for violation in report.coverage?.violations ?? [] {
            violations[violation.policyID, default: [:]][ObjectIdentifier(violation.resource), default: []].append(violation.path)
        }
        var seen: Set<String> = []
        let judged = report.policies.filter {
            $0.origin != .types && report.judged.contains($0.id) && seen.insert($0.id).inserted
        }
        var byGroup: [String: Row] = [:]
        for policy in judged.sorted(by: { $0.id < $1.id }) {
            var row = Row(policy: policy), own: [String: Row] = [:]
            let found = violations[policy.id] ?? [:]
            for unit in report.coverage?.units ?? [] where policy.applies(to: unit.resource.type.groupKind) {
                let paths = found[ObjectIdentifier(unit.resource)] ?? []
                let failing = Self.failing(unit, paths)
                Self.count(unit, paths.isEmpty, failing, in: &row)
                if grouping == .none { continue }
                let name = Self.group(of: unit, by: grouping, depth: depth)
                Self.count(unit, paths.isEmpty, failing, in: &own[name, default: Row(policy: policy, group: name)])
                Self.count(unit, paths.isEmpty, failing, in: &byGroup[name, default: Row(policy: nil, group: name)])
            }
            if row.resources.total == 0 { continue }
            policies.append(row)
            details += own.values.sorted { $0.group < $1.group }
        }
        groups = byGroup.values.sorted { $0.group < $1.group }
    }

    private static func count(_ unit: Unit, _ complies: Bool, _ failing: Int, in row: inout Row) {
        row.resources.add(complies)
        if unit.containers.isEmpty { return }
        row.containers.add(false, count: failing)
        row.containers.add(true, count: unit.containers.count - failing)
    }

    /// How many containers a policy has something against; all of them when it is about the Pod.
    private static func failing(_ unit: Unit, _ paths: [DocumentPath]) -> Int {
        if paths.isEmpty || unit.containers.isEmpty { return 0 }
        var failing: Set<Int> = []
        for path in paths {
            guard let index = unit.containers.firstIndex(where: { path.steps.starts(with: $0.steps) }) else {
                return unit.containers.count
            }
            failing.insert(index)
        }
        return failing.count
    }

    private static func group(of unit: Unit, by grouping: Grouping, depth: Int) -> String {
        switch grouping {
        case .none: ""
        case .namespace: unit.resource.namespace ?? (ClusterScope.contains(unit.resource.type.groupKind) ? "(cluster)" : "(none)")
        case .path:
            {
                let parts = FilePath.folder(of: unit.file).split(separator: "/").filter { $0 != "." }
                return parts.isEmpty ? "." : parts.prefix(depth).joined(separator: "/")
            }()
        case .owner: unit.owner.isEmpty ? "(none)" : unit.owner
        }
    }
}

/// What a run keeps for `PolicyCoverage`.
package struct CoverageFacts: Sendable {
    package struct Violation: Sendable {
        package var policyID: String
        package var resource: ResourceReference
        package var path: DocumentPath
    }

    package var units: [PolicyCoverage.Unit] = []
    package var violations: [Violation] = []
}
