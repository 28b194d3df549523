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
        fileprivate var first = 0
        fileprivate var count = 0
    }

    package private(set) var events: [Event] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The texts that are not in the file as they are.
    private var decoded: [UInt8] = []
    /// Whether each open collection is one of a block.
    private var isBlock: [Bool] = []

    /// Reads the only document of a range.
    ///
    /// - Parameter bytes: UTF-8 that outlives the events.
    /// - Returns: nil for a document in other forms, one with a mistake, and several ones.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool) -> YAMLEvents? {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        guard let base = bytes.baseAddress, !range.isEmpty, CommonYAML.hasKnownBreaks(part, isASCII: isASCII),
            CommonYAML.endOfDocument(bytes, range) == range.upperBound
        else { return nil }
        var events = YAMLEvents(bytes: bytes)
        var reader = CommonYAML(base)
        do { try reader.document(range, &events) } catch { return nil }
        return events
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The text of a scalar.
    package func text(_ event: Event) -> String {
        if !event.isDecoded { return String(decoding: bytes[event.first..<event.first + event.count], as: UTF8.self) }
        return decoded.withUnsafeBufferPointer { String(decoding: $0[event.first..<event.first + event.count], as: UTF8.self) }
    }
}

extension YAMLEvents: CommonYAMLLoader {
    func startDocument(_ span: ByteSpan) {}

    mutating func open(isMapping: Bool, isBlock: Bool, _ span: ByteSpan) {
        self.isBlock.append(isBlock)
        events.append(Event(kind: isMapping ? .mapping : .sequence, span: span))
    }

    mutating func closeMapping(end: UInt32) { close(end) }

    mutating func closeSequence(end: UInt32) { close(end) }

    private mutating func close(_ end: UInt32) {
        let start = isBlock.removeLast() ? end : end - 1
        events.append(Event(kind: .end, span: ByteSpan(start: start, end: end)))
    }

    mutating func scalar(_ text: UnsafeBufferPointer<UInt8>, isString: Bool, _ span: ByteSpan) {
        var event = Event(kind: .plain, span: span, count: text.count)
        if isString {
            switch bytes[Int(span.start)] {
            case UInt8(ascii: "\""): event.kind = .doubleQuoted
            case UInt8(ascii: "'"): event.kind = .singleQuoted
            default: event.kind = .literal
            }
        }
        if let start = text.baseAddress, let base = bytes.baseAddress, start >= base, start < base + bytes.count {
            event.first = start - base
        } else {
            (event.isDecoded, event.first) = (true, decoded.count)
            decoded.append(contentsOf: text)
        }
        events.append(event)
    }
}
