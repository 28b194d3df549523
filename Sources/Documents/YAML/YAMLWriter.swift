import CLibYAML

/// Writes values as YAML in the style of sigs.k8s.io/yaml (go-yaml v2): block style, two spaces, keys in natural order,
/// strings quoted only where they would be read as something else, lines folded at 80 characters.
public struct YAMLWriter: ~Copyable {
    private let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
    private let output = UnsafeMutablePointer<[UInt8]>.allocate(capacity: 1)
    /// Scalars that go-yaml writes otherwise than libyaml does; marks with their numbers stand for them until the end.
    private var others: [[UInt8]] = []

    /// The YAML text of a value, with a final line break.
    public static func string(_ value: Value) -> String {
        var writer = YAMLWriter()
        return String(decoding: writer.document(value), as: UTF8.self)
    }

    /// Appends the YAML text of a value, with a final line break.
    package static func append(_ value: Value, to text: inout [UInt8]) {
        var writer = YAMLWriter()
        text.append(contentsOf: writer.document(value))
    }

    /// - Parameter foldsLines: whether lines are folded at 80 characters.
    package init(foldsLines: Bool = true) {
        output.initialize(to: [])
        yaml_emitter_initialize(emitter)
        yaml_emitter_set_unicode(emitter, 1)
        if !foldsLines { yaml_emitter_set_width(emitter, -1) }
        yaml_emitter_set_output(
            emitter,
            { data, bytes, count in
                guard let data, let bytes else { return 0 }
                let output = data.assumingMemoryBound(to: [UInt8].self)
                output.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                return 1
            }, output)
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        output.deinitialize(count: 1)
        output.deallocate()
    }

    private mutating func document(_ value: Value) -> [UInt8] {
        beginDocument()
        write(value)
        return endDocument()
    }

    // MARK: Documents made of other values

    /// Starts the document; then comes one scalar or collection.
    package mutating func beginDocument() {
        emit { yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
        emit { yaml_document_start_event_initialize($0, nil, nil, nil, 1) }
    }

    package mutating func beginSequence() {
        emit { yaml_sequence_start_event_initialize($0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) }
    }

    package mutating func endSequence() { emit { yaml_sequence_end_event_initialize($0) } }

    /// Starts a mapping; keys, in natural order, and values follow in turn.
    package mutating func beginMapping() {
        emit { yaml_mapping_start_event_initialize($0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE) }
    }

    package mutating func endMapping() { emit { yaml_mapping_end_event_initialize($0) } }

    /// A string or key.
    package mutating func text(_ text: String) {
        var copy = text
        copy.withUTF8 { string($0) }
    }

    /// A word that is no string: `null`, `true`, an integer.
    package mutating func word(_ text: String) { plain(text) }

    /// How a scalar is written.
    package enum ScalarStyle: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// A scalar in a style of the caller's choice; libyaml takes another one where that cannot hold the text.
    package mutating func scalar(_ text: String, style: ScalarStyle) {
        let style =
            switch style {
            case .plain: YAML_PLAIN_SCALAR_STYLE
            case .singleQuoted: YAML_SINGLE_QUOTED_SCALAR_STYLE
            case .doubleQuoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
            case .literal: YAML_LITERAL_SCALAR_STYLE
            case .folded: YAML_FOLDED_SCALAR_STYLE
            }
        var copy = text
        copy.withUTF8 { bytes in
            if !bytes.isEmpty { return scalar(bytes, style) }
            // libyaml takes a null pointer for a missing text.
            withUnsafePointer(to: 0) { scalar(UnsafeBufferPointer(start: $0, count: 0), style) }
        }
    }

    /// A number as JSON writes it.
    package mutating func jsonNumber(_ text: [UInt8]) { text.withUnsafeBufferPointer { number($0) } }

    /// Ends the document; its bytes, with a final line break.
    package mutating func endDocument() -> [UInt8] {
        emit { yaml_document_end_event_initialize($0, 1) }
        emitter.pointee.open_ended = 0  // go-yaml writes no `...` after text that ends in line breaks
        emit { yaml_stream_end_event_initialize($0) }
        return others.isEmpty ? output.pointee : YAMLOtherScalars.put(others, into: output.pointee)
    }

    /// Makes an event and hands it to the emitter, which frees it. Neither can fail: values are well-formed.
    private mutating func emit(_ make: (UnsafeMutablePointer<yaml_event_t>) -> Int32) {
        var event = yaml_event_t()
        if make(&event) == 1 { yaml_emitter_emit(emitter, &event) }
    }

    private mutating func write(_ value: Value) {
        switch value.kind {
        case .undefined, .null, .node: plain("null")
        case .bool: plain(value.isTrue ? "true" : "false")
        case .int: plain(String(value.rawInt))
        case .decimal: number(value.utf8)
        case .string: string(value.utf8)
        case .array, .set:
            beginSequence()
            for element in value.elements { write(element) }
            endSequence()
        case .object:
            beginMapping()
            defer { endMapping() }
            let (keys, values) = (value.keys, value.values)
            if NaturalKey.areInOrder(keys) {
                for index in keys.indices {
                    string(keys[index].utf8)
                    write(values[index])
                }
                return
            }
            let entries = JSONWriter.textKeys(of: value).map { (order: NaturalKey($0.key), entry: $0) }
            for (_, entry) in entries.sorted(by: { $0.order < $1.order }) {
                entry.key.withUnsafeBufferPointer { string($0) }
                write(entry.value)
            }
        }
    }

    private mutating func scalar(_ text: UnsafeBufferPointer<UInt8>, _ style: yaml_scalar_style_t) {
        emit { yaml_scalar_event_initialize($0, nil, nil, text.baseAddress, Int32(text.count), 1, 1, style) }
    }

    private mutating func plain(_ text: String) {
        var copy = text
        copy.withUTF8 { scalar($0, YAML_PLAIN_SCALAR_STYLE) }
    }

    /// A number as go-yaml reads and prints it: integers as they are, others through a double.
    private mutating func number(_ text: UnsafeBufferPointer<UInt8>) {
        switch YAMLResolver.plain(text) {
        case .int(let integer): plain(String(integer))
        case .uint(let integer): plain(String(integer))
        case .float(let number): GoFloat.general(number).withUnsafeBufferPointer { scalar($0, YAML_PLAIN_SCALAR_STYLE) }
        default: scalar(text, YAML_PLAIN_SCALAR_STYLE)
        }
    }

    private mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        // libyaml takes a null pointer for a missing text, so that an empty one needs an address.
        if text.isEmpty { return withUnsafePointer(to: 0) { empty($0) } }
        if let other = YAMLOtherScalars.text(of: text) {
            others.append(other)
            return plain(YAMLOtherScalars.mark(others.count - 1))
        }
        if text.contains(0x0A) { return scalar(text, YAML_LITERAL_SCALAR_STYLE) }
        scalar(text, Self.isPlainString(text) ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    }

    private mutating func empty(_ address: UnsafePointer<UInt8>) {
        scalar(UnsafeBufferPointer(start: address, count: 0), YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    }

    /// Whether the text without quotes would be read as the same string, signs of YAML in it left aside.
    package static func isPlainString(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard case .string = YAMLResolver.plain(text) else { return false }
        return !YAMLTimestamp.matches(text) && !isSexagesimal(text)
    }

    /// Whether other YAML parsers would read the text as a number of base 60, such as `1:30`.
    private static func isSexagesimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
        func isDigit(_ place: Int) -> Bool { place < text.count && text[place] &- 0x30 <= 9 }
        guard isDigit(index) else { return false }
        while isDigit(index) || index < text.count && text[index] == UInt8(ascii: "_") { index += 1 }
        var groups = 0
        while index < text.count, text[index] == UInt8(ascii: ":") {
            guard isDigit(index + 1) else { return false }
            let hasTwo = text[index + 1] <= UInt8(ascii: "5") && isDigit(index + 2)
            index += hasTwo ? 3 : 2
            groups += 1
        }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            while isDigit(index) || index < text.count && text[index] == UInt8(ascii: "_") { index += 1 }
        }
        return groups > 0 && index == text.count
    }
}

/// A key in go-yaml's order: runs of digits by their number, letters after other characters.
package struct NaturalKey: Comparable {
    private let scalars: [Unicode.Scalar]

    package init(_ text: [UInt8]) { scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars) }

    package static func < (left: NaturalKey, right: NaturalKey) -> Bool {
        let (a, b) = (left.scalars, right.scalars)
        guard let index = a.indices.first(where: { $0 < b.count && a[$0] != b[$0] }) else { return a.count < b.count }
        let isLetter = (a: a[index].properties.isAlphabetic, b: b[index].properties.isAlphabetic)
        if isLetter.a && isLetter.b { return a[index] < b[index] }
        if isLetter.a || isLetter.b { return isLetter.b }
        // A zero counts for its place when digits other than zero come before it.
        let isZero = a[index] == "0" || b[index] == "0"
        let start: Int64 = isZero && a[..<index].reversed().prefix(while: isDigit).contains { $0 != "0" } ? 1 : 0
        let (numberA, endA) = number(a, index, start)
        let (numberB, endB) = number(b, index, start)
        if numberA != numberB { return numberA < numberB }
        return endA != endB ? endA < endB : a[index] < b[index]
    }

    /// Whether keys are texts that stand in this order already, as most do when they are ordered by their bytes.
    static func areInOrder(_ keys: UnsafeBufferPointer<Value>) -> Bool {
        keys.allSatisfy { $0.kind == .string } && zip(keys, keys.dropFirst()).allSatisfy { precedes($0.utf8, $1.utf8) }
    }

    /// Whether one text stands before another. Where they part, letters and signs of ASCII go by their bytes.
    private static func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = min(left.count, right.count)
        var index = 0
        while index < count, left[index] == right[index] { index += 1 }
        if index == count { return left.count < right.count }
        let (a, b) = (left[index], right[index])
        if isPlain(a), isPlain(b) { return a < b }
        return NaturalKey(Array(left)) < NaturalKey(Array(right))
    }

    /// Whether a byte is a letter of ASCII, or a sign before all of them.
    private static func isPlain(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte < 0x30 }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    private static func number(_ scalars: [Unicode.Scalar], _ start: Int, _ seed: Int64) -> (number: Int64, end: Int) {
        var number = seed
        var index = start
        while index < scalars.count, isDigit(scalars[index]) {
            number = number &* 10 &+ (Int64(scalars[index].value) - 48)
            index += 1
        }
        return (number, index)
    }
}
