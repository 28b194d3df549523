package import Documents

/// Leads from an object to its Pod templates: `spec.template`, `spec.tasks[*].template`, `spec.replicaSpecs.*.template`.
/// The empty path is the object itself.
package struct PodPath: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case key(String)
        /// Every element of an array, every member of an object.
        case all
    }

    let steps: [Step]

    init(steps: [Step]) { self.steps = steps }

    /// Nil for a text that is no path: an empty part, or brackets around anything but `*`.
    package init?(parsing text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) where !text.isEmpty {
            var name = part, hasAll = false
            if name.hasSuffix("[*]") {
                name = name.dropLast(3)
                hasAll = true
            }
            if name.isEmpty || name.contains("[") || name.contains("]") { return nil }
            steps.append(name == "*" ? .all : .key(String(name)))
            if hasAll { steps.append(.all) }
        }
        self.steps = steps
    }

    /// The collections it leads to, each with its place, in the order of the document.
    func nodes(in root: Value, limit: Int) -> [(node: Value, path: [DocumentPath.Step])] {
        var found: [(node: Value, path: [DocumentPath.Step])] = [(root, [])]
        for step in steps {
            var next: [(node: Value, path: [DocumentPath.Step])] = []
            for (node, path) in found {
                switch step {
                case .key(let name):
                    let child = node.kind == .object ? node.field(named: name) : .undefined
                    if child.isCollection { next.append((child, path + [.key(name)])) }
                case .all where node.kind == .array:
                    for (index, child) in node.elements.enumerated() where child.isCollection && next.count < limit {
                        next.append((child, path + [.index(index)]))
                    }
                case .all where node.kind == .object:
                    for index in node.keys.indices where node.values[index].isCollection && next.count < limit {
                        next.append((node.values[index], path + [.key(node.keys[index].string)]))
                    }
                case .all: break
                }
            }
            found = next
        }
        return found
    }
}
