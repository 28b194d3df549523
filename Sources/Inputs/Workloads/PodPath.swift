import Documents

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
        let bytes = text.utf8
        var start = bytes.startIndex
        while !bytes.isEmpty {
            let dot = bytes[start...].firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
            var end = dot
            let hasAll = text[start..<dot].hasSuffix("[*]")
            if hasAll { end = bytes.index(end, offsetBy: -3) }
            if start == end || bytes[start..<end].contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
                return nil
            }
            let name = text[start..<end]
            steps.append(name == "*" ? .all : .key(String(name)))
            if hasAll { steps.append(.all) }
            if dot == bytes.endIndex { break }
            start = bytes.index(after: dot)
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
