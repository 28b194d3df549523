import Inputs

/// The fields of Kubernetes objects, of `content/help/fields.txt`.
struct FieldTable: Sendable {
    struct Field: Sendable {
        var name: String
        /// A type's name; `[T]` is a list, `{T}` a map; `object` is whatever the input's kinds are.
        var type: String
        var text: String
    }

    static let standard = FieldTable(Assets.text("content/help/fields.txt"))

    private var types: [String: [Field]] = [:]
    private var kinds: [GroupKind: [Field]] = [:]

    init(_ text: String) {
        var add: (inout FieldTable, Field) -> Void = { _, _ in }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            if line.hasPrefix(" "), words.count == 3 {
                add(&self, Field(name: words[0], type: words[1], text: words[2]))
            } else if words.first == "kind", words.count == 3 {
                let kind = GroupKind(group: words[1] == "core" ? "" : words[1], kind: words[2])
                add = { table, field in table.kinds[kind, default: []].append(field) }
            } else {
                let name = String(line)
                add = { table, field in table.types[name, default: []].append(field) }
            }
        }
    }

    /// The fields that any of the types has, each name once; `objects` are the kinds of the input.
    func fields(of types: [String], objects: Set<GroupKind>) -> [Field] {
        var fields: [Field] = [], seen = Set<String>()
        for type in types {
            for field in self.fields(of: type, objects) where seen.insert(field.name).inserted { fields.append(field) }
        }
        return fields
    }

    private func fields(of type: String, _ objects: Set<GroupKind>) -> [Field] {
        guard type == "object" else { return types[type] ?? [] }
        let known = objects.filter { kinds[$0] != nil }
        let shown = known.isEmpty ? Set(kinds.keys) : known
        let own = shown.sorted { $0.text < $1.text }.flatMap { kinds[$0] ?? [] }
        return (types["Object"] ?? []) + own
    }

    /// The types that a step leads to: a member's name, or nil for any element.
    func types(below types: [String], _ step: String?, objects: Set<GroupKind>) -> [String] {
        var found: [String] = []
        for type in types {
            if type.hasPrefix("[") || type.hasPrefix("{") {
                found.append(String(type.dropFirst().dropLast()))
            } else if let step {
                found += fields(of: type, objects).filter { $0.name == step }.map(\.type)
            }
        }
        return Array(Set(found)).sorted()
    }
}
