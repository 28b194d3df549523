package import Documents

/// Makes a `DefinitionPack` of CustomResourceDefinitions. Only what decides about objects is kept: no descriptions.
package struct DefinitionPacker {
    private var strings: [String: Int] = [:]
    private var stringList: [String] = []
    private var nodes: [[UInt8]: Int] = [:]
    private var nodeList: [[UInt8]] = []
    private var kinds: [[UInt8]] = []
    private var references: [String: Value] = [:] { didSet { referenced = [:] } }
    private var referenced: [String: Int] = [:]
    /// References that are being followed.
    private var open: Set<String> = []

    package init() {}

    /// Adds the versions of a definition.
    /// - Parameter origin: the project and the day of its definition.
    package mutating func add(_ document: Document, origin: String) {
        let spec = document.root.field("spec")
        let names = spec.field("names")
        for version in spec.field("versions").list {
            let schema = version.field("schema").field("openAPIV3Schema")
            guard schema.kind == .object else { continue }
            var record = CatalogueBuffer()
            for text in [
                names.field("kind").text, spec.field("group").text, version.field("name").text,
                names.field("plural").text,
            ] {
                record.number(number(of: text))
            }
            record.number(spec.field("scope").text == "Cluster" ? 0 : 1)
            record.number(number(of: origin))
            record.number(node(ofSchema: schema))
            kinds.append(record.bytes)
        }
    }

    /// Adds a JSON schema or a definition of an OpenAPI document.
    /// - Parameters:
    ///   - definitions: where its references lead: the path of each with its schema.
    package mutating func add(
        _ schema: Value, type: TypeReference, plural: String, origin: String, definitions: [String: Value] = [:]
    ) {
        references = definitions
        var record = CatalogueBuffer()
        for text in [type.kind, type.group, type.version, plural] { record.number(number(of: text)) }
        record.number(1)
        record.number(number(of: origin))
        record.number(node(ofSchema: schema))
        kinds.append(record.bytes)
    }

    package var isEmpty: Bool { kinds.isEmpty }

    /// A schema behind a reference; where it leads back to itself anything goes.
    private mutating func node(ofReference path: String) -> Int {
        if let known = referenced[path] { return known }
        guard let schema = references[path], open.insert(path).inserted, open.count < 200 else {
            return mapping([("x-kubernetes-preserve-unknown-fields", add(.yes, []))])
        }
        let number = node(ofSchema: schema)
        open.remove(path)
        referenced[path] = number
        return number
    }

    private mutating func number(of text: String) -> Int {
        if let known = strings[text] { return known }
        strings[text] = stringList.count
        stringList.append(text)
        return stringList.count - 1
    }

    private static let dropped: Set<String> = ["description", "example", "externalDocs", "title"]

    /// A schema without texts for people; the rules of the expression language are only counted.
    private mutating func node(ofSchema schema: Value) -> Int {
        guard schema.kind == .object else { return node(of: schema) }
        if let path = schema.field("$ref").stringValue { return node(ofReference: path) }
        // OpenAPI v3 wraps a reference that has a default or a description.
        let parts = schema.field("allOf").list
        if parts.count == 1, let path = parts[0].field("$ref").stringValue, schema.field("properties").isUndefined {
            return node(ofReference: path)
        }
        var members: [(String, Int)] = []
        for index in 0..<schema.count {
            let key = schema.keys[index].string
            let value = schema.values[index]
            switch key {
            case _ where Self.dropped.contains(key): continue
            case "format" where value.text == "int-or-string":
                return mapping([("x-kubernetes-int-or-string", add(.yes, []))])
            case "properties":
                members.append(
                    (key, mapping(value.keys.indices.map { (value.keys[$0].string, node(ofSchema: value.values[$0])) }))
                )
            case "items", "additionalProperties", "not": members.append((key, node(ofSchema: value)))
            case "allOf", "anyOf", "oneOf": members.append((key, list(value.list.map { node(ofSchema: $0) })))
            case "x-kubernetes-validations": members.append((key, list(value.list.map { _ in mapping([]) })))
            default: members.append((key, node(of: value)))
            }
        }
        return mapping(members)
    }

    private mutating func node(of value: Value) -> Int {
        switch value.kind {
        case .bool: add(value.isTrue ? .yes : .no, [])
        case .int: add(.integer, [number(of: JSONWriter.string(value))])
        case .decimal: add(.decimal, [number(of: value.string)])
        case .string: add(.text, [number(of: value.string)])
        case .array: list(value.list.map { node(of: $0) })
        case .object: mapping(value.keys.indices.map { (value.keys[$0].string, node(of: value.values[$0])) })
        default: add(.null, [])
        }
    }

    private mutating func list(_ items: [Int]) -> Int { add(.list, [items.count] + items) }

    private mutating func mapping(_ members: [(String, Int)]) -> Int {
        add(.mapping, [members.count] + members.flatMap { [number(of: $0.0), $0.1] })
    }

    private mutating func add(_ tag: DefinitionPack.Tag, _ numbers: [Int]) -> Int {
        var record = CatalogueBuffer(bytes: [tag.rawValue])
        for number in numbers { record.number(number) }
        if let known = nodes[record.bytes] { return known }
        nodes[record.bytes] = nodeList.count
        nodeList.append(record.bytes)
        return nodeList.count - 1
    }

    /// The pack.
    package func bytes() -> [UInt8] {
        var buffer = CatalogueBuffer(bytes: DefinitionPack.mark)
        for count in [stringList.count, nodeList.count, kinds.count] { buffer.word(count) }
        var end = 0
        for text in stringList {
            end += text.utf8.count
            buffer.word(end)
        }
        for text in stringList { buffer.bytes += text.utf8 }
        var start = buffer.bytes.count + 4 * (nodeList.count + kinds.count)
        for record in nodeList + kinds {
            buffer.word(start)
            start += record.count
        }
        for record in nodeList + kinds { buffer.bytes += record }
        return buffer.bytes
    }
}
