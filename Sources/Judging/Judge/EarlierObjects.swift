import Diagnostics
import Documents
package import Inputs
import Schemas
import Synchronization

/// Objects as they were before a change.
///
/// An object is found again by kind, namespace and name. Several may share these: a repository can hold the same object once
/// for each environment. Then the one of the same file or build counts, and without it the one that the change is allowed for.
package final class EarlierObjects: Sendable {
    private struct Key: Hashable {
        var kind: GroupKind
        var namespace: String?
        var name: String

        init(_ resource: Resource) {
            kind = resource.type.groupKind
            namespace = resource.namespace
            name = resource.name
        }
    }

    private struct Entry {
        var resource: Resource
        var place: String
    }

    private let entries = Mutex<[Key: [Entry]]>([:])
    /// The name that a file has on both sides.
    private let name: @Sendable (String) -> String

    /// - Parameter name: gives the paths of both sides names that they share.
    package init(_ resources: [Resource] = [], name: @escaping @Sendable (String) -> String = { $0 }) {
        self.name = name
        for resource in resources { add(resource) }
    }

    package var isEmpty: Bool { entries.withLock { $0.isEmpty } }

    /// Notes an object, when anything of its kind is fixed.
    package func add(_ resource: Resource) {
        guard Self.matters(resource) else { return }
        let entry = Entry(resource: resource, place: place(of: resource))
        entries.withLock { $0[Key(resource), default: []].append(entry) }
    }

    /// The file that an object stands in; for one that was built, the steps that it came to be by, such as the overlay, or the
    /// chart with its values. Steps are words and paths.
    private func place(of resource: Resource) -> String {
        if resource.document.origin.isEmpty { return name(resource.path) }
        return resource.document.origin.map { step in
            step.message.split(separator: " ").map { name(String($0)) }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    /// Whether a change of an object can be refused for what it was before.
    static func matters(_ resource: Resource) -> Bool {
        ObjectCheck.hasFixedFields(group: resource.type.group, kind: resource.type.kind)
    }

    /// What the server would refuse of the change to an object.
    func faults(of resource: Resource, by check: ObjectCheck) -> [Fault] {
        let known = entries.withLock { $0[Key(resource)] } ?? []
        let place = known.count > 1 ? place(of: resource) : ""
        let ofPlace = known.filter { $0.place == place }
        var least: [Fault]?
        for entry in ofPlace.isEmpty ? known : ofPlace {
            let faults = check.changes(from: entry.resource.document, to: resource.document)
            if faults.isEmpty { return [] }
            if least.map({ faults.count < $0.count }) ?? true { least = faults }
        }
        return least ?? []
    }
}
