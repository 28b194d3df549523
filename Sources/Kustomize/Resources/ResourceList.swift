/// The resources of a build in order; IDs are unique.
final class ResourceList {
    private(set) var resources: [Resource] = []
    /// The IDs of `resources`; nil after a step that may have changed them.
    private var keys: Set<IDKey>?

    init(_ resources: [Resource] = []) { self.resources = resources }

    var count: Int { resources.count }

    private func currentKeys() -> Set<IDKey> {
        if let keys { return keys }
        var made: Set<IDKey> = []
        made.reserveCapacity(resources.count)
        for resource in resources { made.insert(IDKey(resource.id)) }
        keys = made
        return made
    }

    /// Adds a resource.
    /// - Throws: `BuildError` when its ID is taken.
    func append(_ resource: Resource) throws(BuildError) {
        if keys == nil { _ = currentKeys() }
        if keys?.insert(IDKey(resource.id)).inserted == false {
            throw BuildError(
                "may not add resource with an already registered id: \(resource.id.description)", at: resource.root,
                hint: "two files give the same object; remove one, or rename it with namePrefix or namespace")
        }
        resources.append(resource)
    }

    func append(contentsOf others: [Resource]) throws(BuildError) {
        for resource in others { try append(resource) }
    }

    /// Adds generated resources, which may replace or merge into those of their ID.
    func absorb(_ generated: [Resource]) throws(BuildError) {
        for resource in generated { try absorb(resource) }
    }

    private func absorb(_ resource: Resource) throws(BuildError) {
        let id = resource.id
        let matches = resources.indices.filter { index in resources[index].allIDs.contains { id.matches($0) } }
        guard let index = matches.first else {
            if resource.behavior == .merge || resource.behavior == .replace {
                var error = BuildError("id \(id.description) does not exist; cannot merge or replace", at: resource.root)
                error.isUnmatched = true
                throw error
            }
            return try append(resource)
        }
        if matches.count > 1 {
            throw BuildError("found multiple objects that could accept merge of \(id.description)", at: resource.root)
        }
        let old = resources[index]
        switch resource.behavior {
        case .replace: try GeneratedMerge.takeMetadata(resource, from: old)
        case .merge:
            let origin = old.buildOrigin
            try GeneratedMerge.takeMetadata(resource, from: old)
            try GeneratedMerge.mergeData(resource, from: old)
            if origin != nil { resource.buildOrigin = origin }
        default:
            throw BuildError(
                "id \(id.description) exists; can not use behavior: '\(resource.behavior.rawValue)', behavior must be merge or replace",
                at: resource.root)
        }
        resources[index] = resource
        keys = nil
    }

    /// Takes out those that a patch has emptied, and forgets IDs, which a step may have changed.
    func settle() {
        for resource in resources { resource.forgetID() }
        resources.removeAll { $0.isDeleted }
        keys = nil
    }

    func sort(by order: ([Resource]) -> [Resource]) { resources = order(resources) }

    func filter(_ isKept: (Resource) -> Bool) {
        resources.removeAll { !isKept($0) }
        keys = nil
    }

    /// - Throws: `BuildError` naming an ID that two resources have.
    func requireUniqueIDs(_ message: String) throws(BuildError) {
        var seen: Set<IDKey> = []
        for resource in resources where !resource.isDeleted {
            if !seen.insert(IDKey(resource.id)).inserted {
                throw BuildError("\(message): \(resource.id.description)", at: resource.root)
            }
        }
    }

    // MARK: Finding

    /// Those of which a current or former ID fulfils the test.
    func matching(_ test: (ResourceID) -> Bool) -> [Resource] {
        resources.filter {
            !$0.isDeleted && (test($0.id) || !$0.formerIDs.isEmpty && $0.previousIDs.contains(where: test))
        }
    }

    /// The only one that has an ID now or had it before.
    func only(_ id: ResourceID, at node: Node) throws(BuildError) -> Resource {
        let found = matching { id.matches($0) }
        if found.count == 1 { return found[0] }
        let reason = found.isEmpty ? "no matches" : "multiple matches"
        var error = BuildError(
            "\(reason) for Id \(id.description); failed to find unique target for patch \(id.description)", at: node,
            hint: found.isEmpty
                ? "the patch must name apiVersion, kind and name of an object of this kustomization"
                : "tell them apart with a target")
        error.isUnmatched = found.isEmpty
        throw error
    }
}
