import Documents
import Inputs

/// Subjects of bindings as Kubescape gives them to rules that ask for `subject-role-rolebinding`: each subject once for each
/// binding that names it, with the binding and its role in `relatedObjects`.
struct JoinedSubjects {
    /// The list of subjects.
    let list: Document
    /// Of each subject the numbers of its binding and role among the objects, and its own in the binding.
    private let origins: [(binding: Int, role: Int, subject: Int)]

    private struct RoleKey: Hashable {
        var kind: String
        var namespace: String
        var name: String
    }

    /// - Parameter resources: bindings and roles; a binding whose role is not among them gives nothing.
    init(_ resources: [Resource]) {
        var roles: [RoleKey: Int] = [:]
        for (index, resource) in resources.enumerated() where ["Role", "ClusterRole"].contains(resource.type.kind) {
            let namespace = resource.type.kind == "Role" ? resource.namespace ?? "default" : ""
            let key = RoleKey(kind: resource.type.kind, namespace: namespace, name: resource.name)
            if roles[key] == nil { roles[key] = index }
        }
        let arena = Arena.make(capacity: 256 * resources.count)
        var items: [Value] = [], origins: [(binding: Int, role: Int, subject: Int)] = []
        for (index, resource) in resources.enumerated() where ["RoleBinding", "ClusterRoleBinding"].contains(resource.type.kind) {
            let reference = resource.value.field("roleRef"), subjects = resource.value.field("subjects")
            let kind = reference.field("kind").stringValue ?? ""
            let namespace = kind == "Role" ? resource.namespace ?? "default" : ""
            let key = RoleKey(kind: kind, namespace: namespace, name: reference.field("name").stringValue ?? "")
            guard let role = roles[key], subjects.kind == .array else { continue }
            let related = arena.array([resource.value, resources[role].value])
            for (number, subject) in subjects.elements.enumerated() where subject.kind == .object {
                let own = zip(subject.keys, subject.values).map { ObjectEntry(key: $0, value: $1) }
                items.append(arena.object(own + [ObjectEntry(key: arena.string("relatedObjects"), value: related)]))
                origins.append((index, role, number))
            }
        }
        list = Document(arena: arena, root: arena.array(items), rootSpan: .nowhere, parts: resources.map(\.document))
        self.origins = origins
    }

    var isEmpty: Bool { origins.isEmpty }

    /// The object that a way through the list leads to, and the rest of the way: into the binding or the role, else to the
    /// subject where the binding names it.
    func target(of steps: [DocumentPath.Step]) -> (resource: Int, path: [DocumentPath.Step]) {
        guard case .index(let index)? = steps.first, origins.indices.contains(index) else { return (origins[0].binding, []) }
        let origin = origins[index], rest = steps.dropFirst()
        if rest.count > 1, case .key("relatedObjects") = rest[rest.startIndex],
            case .index(let number) = rest[rest.startIndex + 1]
        {
            return (number == 0 ? origin.binding : origin.role, Array(rest.dropFirst(2)))
        }
        return (origin.binding, [.key("subjects"), .index(origin.subject)] + rest)
    }
}
