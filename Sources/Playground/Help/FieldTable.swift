import Inputs
import RegoRuntime
import Schemas

/// The fields of Kubernetes objects in one release, by the catalogue of types, with what `content/help/fields.txt` says of
/// them.
struct FieldTable: Sendable {
    struct Field: Sendable {
        var name: String
        /// `[T]` is a list, `{T}` a map.
        var type: String
        var text: String
    }

    /// A type of the API, or any kind of object.
    enum Types: Sendable {
        case object
        case shape(Shape)
    }

    private static let texts = FieldTexts(Assets.text("content/help/fields.txt"))

    private let release: Release
    /// The kinds of the input that the release has; all kinds when there is none of them.
    private let objects: [Shape]

    init(_ release: Release, objects kinds: Set<GroupKind>) {
        self.release = release
        let catalogue = TypeCatalogue.builtin
        func shapes(_ entries: [KindEntry]) -> [Shape] { entries.compactMap { catalogue.shape(of: $0, in: release) } }
        let own = kinds.sorted { $0.text < $1.text }.flatMap { kind in
            shapes(catalogue.kinds(named: kind.kind).filter { $0.group == kind.group })
        }
        objects = own.isEmpty ? shapes(catalogue.allKinds.filter { $0.isStored && Self.usual.contains($0.group) }) : own
    }

    /// The groups whose kinds are offered when the input has none of its own.
    private static let usual: Set = [
        "", "apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io",
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "storage.k8s.io", "scheduling.k8s.io",
    ]

    /// The fields that any of the types has, each name once.
    func fields(of types: [Types]) -> [Field] {
        var fields: [Field] = [], seen = Set<String>()
        for shape in types.flatMap(shapes) {
            for field in shape.fields where seen.insert(field.name).inserted {
                fields.append(Field(name: field.name, type: Self.name(of: field), text: Self.text(of: field, in: shape)))
            }
            if shape.form == .map, shape.element?.form == .quantity {
                for (name, text) in Self.texts.fields(of: "Amounts") where seen.insert(name).inserted {
                    fields.append(Field(name: name, type: "quantity", text: text))
                }
            }
        }
        return fields
    }

    /// The types that a step leads to: a member's name, or nil for any element.
    func types(below types: [Types], _ step: String?) -> [Types] {
        var found: [Shape] = []
        for shape in types.flatMap(shapes) {
            let next = shape.element ?? step.flatMap { shape.field($0)?.shape }
            if let next, next.form != .any, !found.contains(where: { $0 === next }) { found.append(next) }
        }
        return found.map { .shape($0) }
    }

    /// What types are called: `[Container]`, `integer`.
    func names(of types: [Types]) -> [String] {
        var names: [String] = []
        for type in types {
            let name =
                switch type {
                case .object: "object"
                case .shape(let shape): Self.name(of: shape)
                }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private func shapes(of type: Types) -> [Shape] {
        switch type {
        case .object: objects
        case .shape(let shape): [shape]
        }
    }

    private static func name(of field: Shape.Field) -> String { name(of: field.shape) }

    private static func name(of shape: Shape) -> String {
        switch shape.form {
        case .any: "any"
        case .string, .bytes: "string"
        case .time, .microTime: "time"
        case .boolean: "boolean"
        case .number: "number"
        case .int32, .int64: "integer"
        case .quantity: "quantity"
        case .intOrString: "integer or string"
        case .array: "[\(shape.element.map(name) ?? "any")]"
        case .map: "{\(shape.element.map(name) ?? "any")}"
        case .object: shape.typeName.isEmpty ? "object" : shortName(shape)
        }
    }

    private static func shortName(_ shape: Shape) -> String {
        shape.typeName.split(separator: ".").last.map(String.init) ?? shape.typeName
    }

    private static func text(of field: Shape.Field, in shape: Shape) -> String {
        var words: [String] = []
        if let text = texts.text(of: field.name, in: shortName(shape)) { words.append(text) }
        let isTold = words.first.map { text in field.values?.allSatisfy { text.contains($0) } ?? true } ?? false
        if let values = field.values, !values.isEmpty, !isTold {
            words.append("One of \(values.joined(separator: ", ")).")
        }
        if field.isDeprecated { words.append("Deprecated.") }
        return words.joined(separator: " ")
    }
}

/// What `content/help/fields.txt` says: by type, what each of its fields is.
struct FieldTexts: Sendable {
    private var types: [String: [(name: String, text: String)]] = [:]

    init(_ text: String) {
        var type = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard line.hasPrefix(" ") else {
                type = String(line)
                continue
            }
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { types[type, default: []].append((words[0], words[1])) }
        }
    }

    func fields(of type: String) -> [(name: String, text: String)] { types[type] ?? [] }

    /// What is said of a field, of any kind of object where nothing is said of its own.
    func text(of field: String, in type: String) -> String? {
        fields(of: type).first { $0.name == field }?.text
            ?? (["apiVersion", "kind", "metadata"].contains(field) ? fields(of: "Object").first { $0.name == field }?.text : nil)
    }
}
