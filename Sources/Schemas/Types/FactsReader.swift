package import Documents

/// Reads the condensed facts of the published API documents (`kinds`, `definitions`, `table`, `versions`) into a catalogue.
package struct FactsReader {
    private let root: Value
    private let releases: [Release]
    private var builder: CatalogueBuilder

    /// Why facts cannot be used.
    package struct Problem: Error { package var message: String }

    /// The catalogue of the facts in `document`.
    package static func catalogue(from document: Document) throws(Problem) -> [UInt8] {
        let releases = document.root.field("versions").list.compactMap { Release($0.string) }
        if releases.isEmpty { throw Problem(message: "the facts name no versions") }
        var reader = FactsReader(
            root: document.root, releases: releases, builder: CatalogueBuilder(releases: releases))
        try reader.readDefinitions()
        try reader.readKinds()
        return reader.builder.bytes()
    }

    private func mask(from first: Value, to last: Value) throws(Problem) -> Int {
        guard let start = Release(first.text), let end = Release(last.text), releases.contains(start),
            releases.contains(end)
        else { throw Problem(message: "a range of versions is not understood") }
        var mask = 0
        for (index, release) in releases.enumerated() where start <= release && release <= end { mask |= 1 << index }
        return mask
    }

    private mutating func readDefinitions() throws(Problem) {
        let table = root.field("table").list
        let definitions = root.field("definitions")
        for (index, key) in definitions.memberKeys.enumerated() {
            for run in definitions.values[index].list {
                guard run.list.count == 3, let number = run.list[2].intValue, table.indices.contains(Int(number)) else {
                    throw Problem(message: "definition \(key.string) is not understood")
                }
                let type = Self.type(key.string, table[Int(number)])
                builder.add(definition: key.string, type, mask: try mask(from: run.list[0], to: run.list[1]))
            }
        }
    }

    private mutating func readKinds() throws(Problem) {
        for kind in root.field("kinds").list {
            var mask = 0
            for run in kind.field("in").list where run.list.count == 2 {
                mask |= try self.mask(from: run.list[0], to: run.list[1])
            }
            builder.add(
                CatalogueBuilder.KindFacts(
                    kind: kind.field("kind").text, group: kind.field("group").text, version: kind.field("version").text,
                    definition: kind.field("definition").text, resource: kind.field("resource").stringValue,
                    isNamespaced: kind.field("namespaced").isTrue, mask: mask))
        }
    }

    private static func type(_ name: String, _ facts: Value) -> CatalogueBuilder.TypeFacts {
        let fields = facts.field("fields")
        if fields.kind == .object, fields.count > 0 {
            let required = Set(facts.field("required").list.map(\.text))
            return CatalogueBuilder.TypeFacts(
                shape: .plain(CatalogueFormat.Tag.object.rawValue),
                fields: fields.keys.indices.map { index in
                    field(fields.keys[index].string, fields.values[index], required)
                })
        }
        return CatalogueBuilder.TypeFacts(shape: .plain(tag(ofDefinition: name, facts).rawValue))
    }

    /// Types that marshal themselves are known by what they are called.
    private static func tag(ofDefinition name: String, _ facts: Value) -> CatalogueFormat.Tag {
        if facts.field("intOrString").isTrue { return .intOrString }
        if name.hasSuffix(".resource.Quantity") { return .quantity }
        if name.hasSuffix(".MicroTime") { return .microTime }
        if facts.field("format").text == "date-time" { return .time }
        switch facts.field("type").text {
        case "string": return .string
        case "integer": return .int64
        case "boolean": return .boolean
        default: return .any
        }
    }

    private static func field(_ name: String, _ facts: Value, _ required: Set<String>) -> CatalogueBuilder.FieldFacts {
        var field = CatalogueBuilder.FieldFacts(name: name, shape: shape(facts))
        field.isRequired = required.contains(name)
        field.isDeprecated = facts.field("deprecated").isTrue
        let elements = facts.field("items")
        let values = facts.field("enum").kind == .array ? facts.field("enum") : elements.field("enum")
        if values.kind == .array { field.values = values.list.map(\.text) }
        let defaultValue = facts.field("default")
        if defaultValue.isDefined, !defaultValue.isGoZero { field.defaultValue = JSONWriter.string(defaultValue) }
        field.listType = facts.field("listType").stringValue
        field.listKeys = facts.field("listKeys").list.map(\.text)
        field.mapType = facts.field("mapType").stringValue
        field.mergeKey = facts.field("patchMergeKey").stringValue
        field.patchStrategy = facts.field("patchStrategy").stringValue
        return field
    }

    private static func shape(_ facts: Value) -> CatalogueBuilder.ShapeFacts {
        if let reference = facts.field("ref").stringValue { return .reference(reference) }
        if facts.field("items").isDefined { return .array(shape(facts.field("items"))) }
        if facts.field("map").isDefined { return .map(shape(facts.field("map"))) }
        let tag: CatalogueFormat.Tag =
            switch (facts.field("type").text, facts.field("format").text) {
            case ("string", "byte"): .bytes
            case ("string", _): .string
            case ("integer", "int32"): .int32
            case ("integer", _): .int64
            case ("number", _): .number
            case ("boolean", _): .boolean
            default: .any
            }
        return .plain(tag.rawValue)
    }
}

extension Value {
    /// The elements of an array; none for anything else.
    var list: UnsafeBufferPointer<Value> { kind == .array ? elements : UnsafeBufferPointer(start: nil, count: 0) }

    /// The keys of an object; none for anything else.
    var memberKeys: UnsafeBufferPointer<Value> { kind == .object ? keys : UnsafeBufferPointer(start: nil, count: 0) }

    /// The text of a string; empty for anything else.
    var text: String { stringValue ?? "" }

    /// Whether this is what Go has where nothing was set.
    var isGoZero: Bool {
        switch kind {
        case .string, .array, .object: count == 0
        case .bool: isFalse
        case .int: rawInt == 0
        case .null: true
        default: false
        }
    }
}
