/// The values of a document in the forms that nearly all manifests keep to, in the order of the text, for readers that make
/// something else of them than values.
package struct YAMLEvents {
    package enum Kind: UInt8 {
        /// Keys and other scalars, in quotes or not.
        case plain, singleQuoted, doubleQuoted, literal
        case mapping, sequence
        /// The end of a mapping or sequence; it begins and ends where its last bracket does, or behind its last line.
        case end
    }

    package struct Event {
        package var kind: Kind
        /// Where it is in the text, from the start of the bytes on.
        package var span: ByteSpan
        fileprivate var isDecoded = false
        fileprivate var first: UInt32 = 0
        fileprivate var count: UInt32 = 0

        fileprivate var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
    }

    package private(set) var events: [Event] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The texts that are not in the file as they are.
    private var decoded: [UInt8] = []
    /// Whether each open collection is one of a block.
    private var isBlock: [Bool] = []
    private let most: Int

    /// Reads the only document of a range.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 that outlives the events.
    ///   - limit: the most values of a document.
    /// - Returns: nil for a document in other forms, one with more values or a mistake, and several ones.
    package static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool, upTo limit: Int
    ) -> YAMLEvents? {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        guard let base = bytes.baseAddress, !range.isEmpty, CommonYAML.hasKnownBreaks(part, isASCII: isASCII),
            CommonYAML.endOfDocument(bytes, range) == range.upperBound
        else { return nil }
        var events = YAMLEvents(bytes, upTo: limit)
        var reader = CommonYAML(base)
        do { try reader.document(range, &events) } catch { return nil }
        return events
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, upTo limit: Int) {
        // Collections have an event at their end too.
        (self.bytes, most) = (bytes, 2 * limit)
    }

    /// The text of a scalar.
    package func text(_ event: Event) -> String {
        event.isDecoded
            ? String(decoding: decoded[event.range], as: UTF8.self) : String(decoding: bytes[event.range], as: UTF8.self)
    }
}

extension YAMLEvents: CommonYAMLLoader {
    func startDocument(_ span: ByteSpan) {}

    mutating func open(isMapping: Bool, isBlock: Bool, _ span: ByteSpan) throws(YAMLLoader.Stop) {
        if events.count >= most { throw YAMLLoader.Stop() }
        self.isBlock.append(isBlock)
        events.append(Event(kind: isMapping ? .mapping : .sequence, span: span))
    }

    mutating func closeMapping(end: UInt32) { close(end) }

    mutating func closeSequence(end: UInt32) { close(end) }

    private mutating func close(_ end: UInt32) {
        let start = isBlock.removeLast() ? end : end - 1
        events.append(Event(kind: .end, span: ByteSpan(start: start, end: end)))
    }

    mutating func scalar(_ text: UnsafeBufferPointer<UInt8>, isString: Bool, _ span: ByteSpan) throws(YAMLLoader.Stop) {
        if events.count >= most { throw YAMLLoader.Stop() }
        var event = Event(kind: .plain, span: span, count: UInt32(text.count))
        if isString {
            switch bytes[Int(span.start)] {
            case UInt8(ascii: "\""): event.kind = .doubleQuoted
            case UInt8(ascii: "'"): event.kind = .singleQuoted
            default: event.kind = .literal
            }
        }
        if let start = text.baseAddress, let base = bytes.baseAddress, start >= base, start < base + bytes.count {
            event.first = UInt32(start - base)
        } else {
            (event.isDecoded, event.first) = (true, UInt32(decoded.count))
            decoded.append(contentsOf: text)
        }
        events.append(event)
    }
}
