import Documents

/// A mapping of a settings file, read by the rules that kustomize's settings go by: YAML 1.1 scalars, then Go's JSON
/// decoding into typed fields, whose names match without regard to case.
struct Fields {
    let node: Node
    /// The name of the type, for messages.
    let type: String
    /// Whether numbers and booleans are taken as strings where strings are wanted, as in files of plugins.
    let isLenient: Bool

    /// - Throws: `BuildError` when the node is not a mapping.
    init(_ node: Node, type: String, isLenient: Bool = false) throws(BuildError) {
        if !node.isNull, node.kind != .mapping { throw Self.mismatch(node, type, "", "struct") }
        self.node = node
        self.type = type
        self.isLenient = isLenient
    }

    private static func mismatch(_ node: Node, _ type: String, _ name: String, _ wanted: String) -> BuildError {
        let field = name.isEmpty ? "value" : "struct field \(type).\(name)"
        return BuildError(
            "json: cannot unmarshal \(describe(node)) into Go \(field) of type \(wanted)", at: node,
            hint: wanted == "string" && node.kind == .scalar ? "put the value in quotes" : nil)
    }

    private static func describe(_ node: Node) -> String {
        switch node.kind {
        case .mapping: return "object"
        case .sequence: return "array"
        case .scalar:
            switch scalar(node) {
            case .bool: return "bool"
            case .int, .uint, .float: return "number"
            case .null, .string: return "string"
            }
        }
    }

    /// What a scalar means in a settings file.
    static func scalar(_ node: Node) -> ResolvedScalar {
        if node.style != .plain || node.hasExplicitTag && node.tag == .string { return .string }
        var text = node.text
        return text.withUTF8 { YAMLResolver.plain($0) }
    }

    /// The value of a field; nil when it is missing or null.
    subscript(_ name: String) -> Node? {
        // Of equal keys the last one counts, and before all that are written otherwise the one that is the name.
        guard node.kind == .mapping else { return nil }
        var found: Node?
        for index in stride(from: node.content.count - 2, through: 0, by: -2) {
            let key = node.content[index].text
            if key == name {
                found = node.content[index + 1]
                break
            }
            if found == nil, Self.isName(key, name) { found = node.content[index + 1] }
        }
        guard let found, !found.isNull else { return nil }
        return found
    }

    /// Whether a key is a name but for the case of letters; names are ASCII.
    private static func isName(_ key: String, _ name: String) -> Bool {
        func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
        if key.utf8.count == name.utf8.count { return zip(key.utf8, name.utf8).allSatisfy { lowered($0) == lowered($1) } }
        // A letter that is none of ASCII may become one.
        return key.utf8.contains { $0 >= 0x80 } && key.lowercased() == name.lowercased()
    }

    /// A string; nil when it is missing or empty.
    func text(_ name: String) throws(BuildError) -> Node? {
        guard let value = self[name] else { return nil }
        try requireText(value, name)
        return value.text.isEmpty ? nil : value
    }

    /// The first string of several fields.
    func text(_ name: String, _ other: String) throws(BuildError) -> Node? {
        if let text = try text(name) { return text }
        return try text(other)
    }

    private func requireText(_ value: Node, _ name: String) throws(BuildError) {
        guard value.kind == .scalar else { throw Self.mismatch(value, type, name, "string") }
        let scalar = Self.scalar(value)
        if case .string = scalar { return }
        guard isLenient else { throw Self.mismatch(value, type, name, "string") }
        switch scalar {
        case .bool(let flag): value.text = flag ? "true" : "false"
        case .int(let number): value.text = String(number)
        case .uint(let number): value.text = String(number)
        case .float(let number): value.text = String(decoding: GoFloat.json(number) ?? [], as: UTF8.self)
        case .null, .string: break
        }
        (value.tag, value.style) = (.string, .quoted)
    }

    func flag(_ name: String) throws(BuildError) -> Bool {
        guard let value = self[name] else { return false }
        guard value.kind == .scalar, case .bool(let flag) = Self.scalar(value) else {
            throw Self.mismatch(value, type, name, "bool")
        }
        return flag
    }

    func integer(_ name: String) throws(BuildError) -> (value: Int, node: Node)? {
        guard let value = self[name] else { return nil }
        if value.kind == .scalar {
            switch Self.scalar(value) {
            case .int(let number): return (Int(number), value)
            case .float(let number):
                // What is written as a fraction and is none is a whole number in JSON.
                if let digits = GoFloat.json(number), let whole = Int(String(decoding: digits, as: UTF8.self)) {
                    return (whole, value)
                }
            default: break
            }
        }
        throw Self.mismatch(value, type, name, "int")
    }

    func list(_ name: String) throws(BuildError) -> [Node] {
        guard let value = self[name] else { return [] }
        guard value.kind == .sequence else { throw Self.mismatch(value, type, name, "[]") }
        return value.content
    }

    /// A list of strings; nulls count as empty ones.
    func texts(_ name: String) throws(BuildError) -> [Node] {
        let values = try list(name)
        for value in values where !value.isNull { try requireText(value, name) }
        return values
    }

    /// A map of strings, by key.
    func map(_ name: String) throws(BuildError) -> [(key: Node, value: Node)] {
        guard let value = self[name] else { return [] }
        guard value.kind == .mapping else { throw Self.mismatch(value, type, name, "map[string]string") }
        for entry in value.entries where !entry.value.isNull { try requireText(entry.value, name) }
        return value.entries.sorted { $0.key.text < $1.key.text }
    }

    func object(_ name: String, type: String) throws(BuildError) -> Fields? {
        guard let value = self[name] else { return nil }
        return try Fields(value, type: type, isLenient: isLenient)
    }

    func objects(_ name: String, type: String) throws(BuildError) -> [Fields] {
        var result: [Fields] = []
        for node in try list(name) { result.append(try Fields(node, type: type, isLenient: isLenient)) }
        return result
    }

    /// - Throws: `BuildError` for a field that is none of the names, in a kustomization; files of its parts may hold more.
    func requireStrictly(_ names: Set<String>) throws(BuildError) {
        if !isLenient { try require(onlyFields: names) }
    }

    /// - Throws: `BuildError` for a field that is none of the names.
    func require(onlyFields names: Set<String>) throws(BuildError) {
        for (key, _) in node.entries where !names.contains(key.text.lowercased()) {
            throw BuildError("json: unknown field \"\(key.text)\"", at: key)
        }
    }
}

extension Node {
    /// Makes texts of what is one in a resource, so that it is one where the resource is read as settings: `on`, a date.
    func keepTexts() {
        guard kind == .scalar else {
            for child in content { child.keepTexts() }
            return
        }
        if style != .plain || hasExplicitTag { return }
        switch ScalarMeaning(plain: text) {
        case .string: (tag, style) = (.string, .quoted)
        case .timestamp(let date): (tag, style, text) = (.string, .quoted, date)
        default: break
        }
    }

    /// Makes the tree what it is in JSON when it is read as settings are.
    func canonicalizeAsSettings() {
        guard kind == .scalar else {
            for child in content { child.canonicalizeAsSettings() }
            return
        }
        switch Fields.scalar(self) {
        case .null: (tag, style, text) = (.null, .plain, "null")
        case .bool(let flag): (tag, style, text) = (.bool, .plain, flag ? "true" : "false")
        case .int(let number): (tag, style, text) = (.int, .plain, String(number))
        case .uint(let number):
            // What no signed integer holds is a fraction.
            (tag, style, text) = (.int, .plain, String(decoding: GoFloat.json(Double(number)) ?? [], as: UTF8.self))
        case .float(let number):
            let digits = String(decoding: GoFloat.json(number) ?? [], as: UTF8.self)
            (tag, style, text) = (ScalarMeaning(plain: digits).tag, .plain, digits)
        case .string: (tag, style) = (.string, .quoted)
        }
        hasExplicitTag = false
    }
}
