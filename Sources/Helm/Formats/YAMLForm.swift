import Diagnostics
import Documents
import GoLibrary
import GoTemplate
import Text

/// Values as sigs.k8s.io/yaml writes and reads them.
enum YAMLForm {
    /// Why a text or value has no other form, as Go words it.
    struct Problem: Error { var message: String }

    /// The block style text without the final line break; empty for a value that cannot be written.
    /// - Parameter makesTrip: whether texts go through JSON that is read as YAML, as sigs.k8s.io/yaml has it.
    static func text(
        _ value: GoValue, keepsOrigins: Bool = false, foldsLines: Bool = true, makesTrip: Bool = true
    ) -> GoValue {
        var budget = 2_000_000
        guard isWritable(value, depth: 0, &budget) else { return .string("") }
        var writer = YAMLWriter(foldsLines: foldsLines)
        writer.beginDocument()
        do throws(TextTrip.Refusal) { try write(value, makesTrip, to: &writer) } catch { return .string("") }
        var bytes = writer.endDocument()
        if bytes.last == 0x0A { bytes.removeLast() }
        var result = GoValue.string(String(decoding: bytes, as: UTF8.self))
        if keepsOrigins { result.trace = YAMLTrace.trace(bytes, value) }
        return result
    }

    /// Whether the value can be written; not when it holds itself, or others too many times.
    private static func isWritable(_ value: GoValue, depth: Int, _ budget: inout Int) -> Bool {
        budget -= 1
        if depth > 500 || budget < 0 { return false }
        return switch value.content {
        case .float(let number): number.isFinite
        case .complex: false
        case .list(let list): list.items.allSatisfy { isWritable($0, depth: depth + 1, &budget) }
        case .map(let map): map.values.allSatisfy { isWritable($0, depth: depth + 1, &budget) }
        default: true
        }
    }

    private static func write(_ value: GoValue, _ makesTrip: Bool, to writer: inout YAMLWriter) throws(TextTrip.Refusal) {
        switch value.content {
        case .missing, .null, .complex: writer.word("null")
        case .bool(let flag): writer.word(flag ? "true" : "false")
        case .integer(let number, _): writer.word(String(number))
        case .float(let number): writer.jsonNumber(GoFloat.json(number) ?? [])
        case .numberText(let text): writer.jsonNumber(Array(text.utf8))
        case .string(let text): writer.text(makesTrip ? try TextTrip.afterTrip(text) : text)
        case .bytes(let bytes): try write(.string(String(decoding: bytes, as: UTF8.self)), makesTrip, to: &writer)
        case .list(let list) where list.isNone: writer.word("null")
        case .list(let list) where list.element == .uint8: writer.text(Base64.text(list.bytes))
        case .list(let list):
            writer.beginSequence()
            for item in list.items { try write(item, makesTrip, to: &writer) }
            writer.endSequence()
        case .map(let map): try write(map, makesTrip, to: &writer)
        case .object(let object):
            if let list = object.list { return try write(.list(list.items), makesTrip, to: &writer) }
            if let map = object.members { return try write(map, makesTrip, to: &writer) }
            writer.text(makesTrip ? try TextTrip.afterTrip(object.json) : object.json)
        }
    }

    private static func write(_ map: GoMap, _ makesTrip: Bool, to writer: inout YAMLWriter) throws(TextTrip.Refusal) {
        if map.isNone { return writer.word("null") }
        writer.beginMapping()
        for index in naturalOrder(map) {
            let key = map.keys[index]
            writer.text(makesTrip ? try TextTrip.afterTrip(key, isKey: true) : key)
            try write(map.values[index], makesTrip, to: &writer)
        }
        writer.endMapping()
    }

    /// The members in go-yaml's order. It is that of the bytes unless digits or underscores take part.
    static func naturalOrder(_ map: GoMap) -> [Int] {
        let isSimple = map.keys.allSatisfy { key in
            key.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 == 0x2D || $0 == 0x2E || $0 == 0x2F }
        }
        if isSimple { return Array(map.keys.indices) }
        let keys = map.keys.map { NaturalKey(Array($0.utf8)) }
        return map.keys.indices.sorted { keys[$0] < keys[$1] }
    }

    /// The first document of a text.
    /// - Parameter file: the number of the file for origins; nil to keep none.
    static func value(_ bytes: [UInt8], file: Int32? = nil, offset: Int = 0) throws(Problem) -> GoValue {
        let value: GoValue
        if saysOtherVersion(bytes) {
            throw Problem(message: "error converting YAML to JSON: yaml: found incompatible YAML document")
        }
        do throws(YAMLError) {
            if let file {
                let document = try YAMLReader.document(SourceFile(path: "", bytes: bytes))
                let base = UInt32(0) &- UInt32(offset)
                value = document.withRoot { GoValue($0, file: file, base: base, span: document.rootSpan) }
            } else {
                let arena = Arena.make()
                defer { arena.destroy() }
                value = GoValue(
                    try bytes.withUnsafeBufferPointer { bytes throws(YAMLError) in
                        try YAMLReader.value(bytes, in: arena)
                    })
            }
        } catch {
            throw Problem(message: "error converting YAML to JSON: \(located(error.message))")
        }
        if let problem = infinite(value) { throw Problem(message: "error converting YAML to JSON: \(problem)") }
        return value
    }

    /// Whether a text says that it is of another version of YAML than 1.1, which go-yaml does not take.
    private static func saysOtherVersion(_ bytes: [UInt8]) -> Bool {
        let mark = "%YAML "
        guard bytes.starts(with: mark.utf8) else { return false }
        let version = bytes.dropFirst(mark.utf8.count).drop { $0 == 0x20 }.prefix { $0 == 0x2E || $0 &- 0x30 <= 9 }
        return !version.elementsEqual("1.1".utf8)
    }

    /// Where a text stops being YAML; nil when it is none for another reason.
    static func placeOfProblem(in bytes: [UInt8]) -> Int? {
        let problems = YAMLReader().read(SourceFile(path: "", bytes: bytes)).diagnostics
        return problems.first { $0.severity == .error && $0.range != nil }?.range.map { Int($0.start) }
    }

    /// go-yaml names no line for what its scanner finds on the first one.
    private static func located(_ message: String) -> String {
        guard message.hasPrefix("yaml: line 1: "), !message.contains("did not find expected") else { return message }
        return message.replacing("yaml: line 1: ", with: "yaml: ", maxReplacements: 1)
    }

    /// JSON has no infinite numbers.
    private static func infinite(_ value: GoValue) -> String? {
        switch value.content {
        case .float(let number): number.isFinite ? nil : "json: unsupported value: \(FloatText.plain(number))"
        case .list(let list): list.items.lazy.compactMap(infinite).first
        case .map(let map): map.values.lazy.compactMap(infinite).first
        default: nil
        }
    }

    /// Go's error for a value that is no map, or no list.
    static func mismatch(_ value: GoValue, _ type: String) -> String {
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(JSONKind.name(value)) into Go value of type \(type)"
    }
}

/// The kinds of JSON values in Go's messages.
enum JSONKind {
    static func name(_ value: GoValue) -> String {
        switch value.content {
        case .bool: "bool"
        case .integer, .float, .numberText: "number"
        case .string, .bytes: "string"
        case .list: "array"
        case .map: "object"
        default: "null"
        }
    }
}
