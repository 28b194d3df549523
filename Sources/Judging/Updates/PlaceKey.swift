package import Documents

/// A place in an object that stays the same when lists are put in another order: elements are known by their names or
/// keys, or by what they hold, and never by their numbers.
package struct PlaceKey: Hashable {
    /// One step down.
    enum Step: Hashable {
        case member(String)
        /// An element with the values of the fields that name it.
        case named([Value])
        /// An element of a list that has no key, by what it holds.
        case content(Value)
        /// Any element of a list that has no key.
        case any
    }

    private(set) var steps: [Step]

    var isRoot: Bool { steps.isEmpty }
    /// Whether an element on the way has no key.
    var hasContent: Bool { steps.contains { if case .content(let value) = $0 { value.isCollection } else { false } } }

    /// - Parameter root: the object that the path leads through; it must outlive the key.
    package init(_ path: DocumentPath, in root: Value) {
        steps = []
        steps.reserveCapacity(path.steps.count)
        var value = root, list = ""
        for step in path.steps {
            switch step {
            case .key(let name):
                steps.append(.member(name))
                value = value.kind == .object ? value.field(named: name) : .undefined
                list = name
            case .index(let index):
                let elements = value.kind == .array ? value.elements : nil
                value = elements.map { $0.indices.contains(index) ? $0[index] : .undefined } ?? .undefined
                steps.append(Self.step(to: value, in: list))
            }
        }
    }

    /// The same place whichever element without a key it leads through.
    var withoutContents: PlaceKey {
        var other = self
        for index in other.steps.indices {
            if case .content(let value) = other.steps[index], value.isCollection { other.steps[index] = .any }
        }
        return other
    }

    /// Fields that name the elements of lists, by the name of the list: the merge keys of the API's types, and for lists
    /// that the API replaces as a whole the fields that make an element what it is.
    private static let keys: [String: [String]] = [
        "volumeMounts": ["mountPath"], "volumeDevices": ["devicePath"], "hostAliases": ["ip"], "conditions": ["type"],
        "topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"], "ownerReferences": ["uid"],
        "subjects": ["kind", "namespace", "name"], "hostIPs": ["ip"], "podIPs": ["ip"],
    ]
    private static let portKeys = ["containerPort", "port", "protocol", "name"]

    private static func step(to element: Value, in list: String) -> Step {
        guard element.kind == .object else { return .content(element) }
        if let fields = keys[list] {
            let values = fields.map { element.field(named: $0) }
            return values.contains(where: \.isDefined) ? .named(values) : .content(element)
        }
        if list == "ports" {
            // A container's port is known by its number; that of a Service and of an endpoint too.
            let values = portKeys.prefix(3).map { element.field(named: $0) }
            if values.prefix(2).contains(where: \.isDefined) { return .named(values) }
        }
        for name in ["name", "id"] {
            let value = element.field(named: name)
            if value.kind == .string || value.kind == .int { return .named([value]) }
        }
        return .content(element)
    }
}
