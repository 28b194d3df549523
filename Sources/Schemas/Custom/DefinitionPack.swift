import CSchemaCatalogue
import Documents
import Synchronization

/// Schemas of well-known custom resources, packed: equal parts of all schemas are kept once, and a schema is put together
/// when an object of its kind comes along.
///
///     "LTD1"  strings  nodes  kinds           four 32-bit words
///     string ends, their bytes; node starts, node records; kind starts, kind records
///
/// A node is a tag and what it holds, in variable-length numbers: texts by number, members as pairs of text and node.
package final class DefinitionPack: Sendable {
    static let mark: [UInt8] = Array("LTD1".utf8)

    enum Tag: UInt8 {
        case null = 0
        case no, yes, integer, decimal, text, list, mapping
    }

    /// The pack inside the program.
    package static let builtin: DefinitionPack? = DefinitionPack(
        UnsafeBufferPointer(start: lintel_schema_definitions(), count: lintel_schema_definitions_size()), owned: nil)

    /// Whether a file begins as a pack does.
    package static func isPack(_ contents: [UInt8]) -> Bool { contents.starts(with: mark) }

    /// A pack read from a file; nil when the bytes are not one.
    package convenience init?(_ contents: [UInt8]) {
        let owned = OwnedBytes(contents)
        self.init(UnsafeBufferPointer(owned.bytes), owned: owned)
    }

    /// The copy of a file's bytes; nil for the pack inside the program.
    private let owned: OwnedBytes?
    private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    private let stringCount: Int
    private let nodeCount: Int
    private let kindCount: Int
    private let stringEnds = 16
    private let stringBytes: Int
    private let nodeStarts: Int
    private let kindStarts: Int
    private let loaded = Mutex<[TypeReference: CustomKind?]>([:])

    private init?(_ bytes: UnsafeBufferPointer<UInt8>, owned: OwnedBytes?) {
        guard bytes.count >= 16, bytes.starts(with: Self.mark) else { return nil }
        let reader = CatalogueBytes(bytes)
        self.bytes = bytes
        self.owned = owned
        stringCount = reader.word(at: 4)
        nodeCount = reader.word(at: 8)
        kindCount = reader.word(at: 12)
        stringBytes = 16 + 4 * stringCount
        nodeStarts = stringBytes + (stringCount == 0 ? 0 : reader.word(at: stringBytes - 4))
        kindStarts = nodeStarts + 4 * nodeCount
        guard stringCount <= bytes.count, nodeCount <= bytes.count, kindCount <= bytes.count,
            kindStarts + 4 * kindCount <= bytes.count
        else { return nil }
    }

    private func text(_ number: Int) -> UnsafeBufferPointer<UInt8> {
        let reader = CatalogueBytes(bytes)
        let start = stringBytes + (number == 0 ? 0 : reader.word(at: stringEnds + 4 * (number - 1)))
        let end = stringBytes + reader.word(at: stringEnds + 4 * number)
        guard number < stringCount, start <= end, end <= bytes.count else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private func string(_ number: Int) -> String { String(decoding: text(number), as: UTF8.self) }

    /// Kind, group, version, plural, scope, origin and schema of a record.
    private func record(_ number: Int) -> (
        type: TypeReference, plural: String, isNamespaced: Bool, origin: String, node: Int
    ) {
        var reader = CatalogueBytes(bytes, at: CatalogueBytes(bytes).word(at: kindStarts + 4 * number))
        let kind = string(reader.number())
        let group = string(reader.number())
        let version = string(reader.number())
        let plural = string(reader.number())
        let isNamespaced = reader.number() == 1
        let origin = string(reader.number())
        return (
            TypeReference(group: group, version: version, kind: kind), plural, isNamespaced, origin, reader.number()
        )
    }

    /// The types it has, with where their definitions come from.
    package var types: [(type: TypeReference, plural: String, isNamespaced: Bool, origin: String)] {
        (0..<kindCount).map { record($0) }.map { ($0.type, $0.plural, $0.isNamespaced, $0.origin) }
    }

    /// The kind of an object; nil where it is not among the well-known ones.
    package func kind(_ type: TypeReference) -> CustomKind? {
        loaded.withLock { loaded in
            if let known = loaded[type] { return known }
            let found = (0..<kindCount).lazy.map { self.record($0) }.first { Self.describes($0.type, type) }
            let kind = found.map { found in
                let document = Document { arena in
                    var memo: [Int: Value] = [:]
                    return value(found.node, in: arena, &memo, depth: 0)
                }
                return CustomKind(
                    type: type, plural: found.plural, isNamespaced: found.isNamespaced, isServed: true,
                    schema: document.root, preservesUnknown: false, origin: found.origin, document: document
                )
            }
            if loaded.count < 2000 { loaded[type] = .some(kind) }
            return kind
        }
    }

    /// Folders of JSON schemas name kinds in small letters only.
    private static func describes(_ known: TypeReference, _ type: TypeReference) -> Bool {
        known.group == type.group && known.version == type.version
            && (known.kind == type.kind || known.kind == type.kind.lowercased())
    }

    /// The value of a node. Texts stay where they are: the pack lives as long as the program.
    private func value(_ number: Int, in arena: Arena, _ memo: inout [Int: Value], depth: Int) -> Value {
        if let known = memo[number] { return known }
        guard number < nodeCount, depth < 250 else { return .null }
        var reader = CatalogueBytes(bytes, at: CatalogueBytes(bytes).word(at: nodeStarts + 4 * number))
        let result: Value
        switch Tag(rawValue: reader.byte()) ?? .null {
        case .null: result = .null
        case .no: result = .false
        case .yes: result = .true
        case .integer: result = .int(Int64(string(reader.number())) ?? 0)
        case .decimal: result = NumberText.value(text(reader.number()), in: arena)
        case .text: result = arena.string(text(reader.number()))
        case .list:
            let count = min(reader.number(), nodeCount)
            let numbers = (0..<count).map { _ in reader.number() }
            result = arena.array(numbers.map { value($0, in: arena, &memo, depth: depth + 1) })
        case .mapping:
            let count = min(reader.number(), nodeCount)
            let members = (0..<count).map { _ in (reader.number(), reader.number()) }
            result = arena.object(
                members.map { key, node in
                    ObjectEntry(key: arena.string(text(key)), value: value(node, in: arena, &memo, depth: depth + 1))
                })
        }
        memo[number] = result
        return result
    }
}
