import Diagnostics

/// One pass over JSON text that builds values in an arena without recursion.
///
/// The text is copied into the arena once, followed by zero bytes, so that scanning needs no bounds checks: no token
/// contains a zero byte. Strings point into the copy; escapes are decoded in place, since no escape is shorter than
/// what it stands for.
struct JSONParser: ~Copyable {
    struct Options {
        var limits: DocumentLimits
        var keepsPositions = false
        var rejectsEqualKeys = false
        /// Whether numbers that are no 64-bit integers become doubles; else they keep their text.
        var makesDoubles = false
        /// The number of the source's first byte in the source map.
        var base: UInt32 = 0

        init(limits: DocumentLimits) { self.limits = limits }
    }

    struct Frame {
        var isObject: Bool
        /// The number of nodes on the stack when the collection opened.
        var nodes: Int
        /// Where it opened.
        var start: Int
    }

    let arena: Arena
    let text: UnsafeMutablePointer<UInt8>
    let count: Int
    let options: Options
    /// Added to offsets in errors and spans: where the text stands in its file.
    let offset: Int
    var cursor = 0
    /// Where the last complete value stands.
    var valueStart = 0
    var nodes = Stack<Value>(capacity: 256)
    var spans = Stack<ByteSpan>(capacity: 16)
    var frames = Stack<Frame>(capacity: 32)
    var entries = Stack<PositionedEntry>(capacity: 16)
    var nodeCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, in arena: Arena, options: Options, offset: Int = 0) {
        self.arena = arena
        self.options = options
        self.offset = offset
        count = bytes.count
        text = arena.allocateText(bytes.count + 16)
        if let start = bytes.baseAddress { text.update(from: start, count: count) }
        (text + count).update(repeating: 0, count: 16)
    }

    /// The place of the value that was just read.
    var valueSpan: ByteSpan { span(valueStart, cursor) }

    @inline(__always)
    func span(_ start: Int, _ end: Int) -> ByteSpan {
        ByteSpan(start: UInt32(truncatingIfNeeded: start + offset), end: UInt32(truncatingIfNeeded: end + offset))
    }

    mutating func skipByteOrderMark() {
        if text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { cursor = 3 }
    }

    @inline(__always)
    mutating func skipSpace() {
        while true {
            let byte = text[cursor]
            if byte > 0x20 || !(byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09) { return }
            cursor &+= 1
        }
    }

    /// The value of a text that holds nothing else.
    mutating func onlyValue() throws(JSONError) -> Value {
        if count > options.limits.size {
            throw JSONError("the text is larger than the limit of \(options.limits.size) bytes", at: offset, length: 0)
        }
        let value = try value()
        let end = cursor
        skipSpace()
        if cursor < count { throw problem("unexpected \(shown()) after the end of the value") }
        cursor = end
        return value
    }

    /// The value at the cursor.
    mutating func value() throws(JSONError) -> Value {
        while true {
            skipSpace()
            let start = cursor
            var value: Value
            switch text[start] {
            case UInt8(ascii: "\""): value = try string()
            case UInt8(ascii: "{"):
                try open(isObject: true)
                if text[cursor] != UInt8(ascii: "}") {
                    try key()
                    continue
                }
                value = close()
            case UInt8(ascii: "["):
                try open(isObject: false)
                if text[cursor] != UInt8(ascii: "]") { continue }
                value = close()
            case UInt8(ascii: "t"): value = try literal("true", .true)
            case UInt8(ascii: "f"): value = try literal("false", .false)
            case UInt8(ascii: "n"): value = try literal("null", .null)
            default: value = try number()
            }
            valueStart = start
            if try attach(&value) { return value }
        }
    }

    /// Hands a complete value to the collection around it, closing those that end here; true when none is open.
    @inline(__always)
    private mutating func attach(_ value: inout Value) throws(JSONError) -> Bool {
        while true {
            nodeCount &+= 1
            if nodeCount > options.limits.nodes {
                throw JSONError("the document has more than \(options.limits.nodes) values", at: offset + cursor)
            }
            if frames.count == 0 { return true }
            nodes.push(value)
            if options.keepsPositions { spans.push(valueSpan) }
            skipSpace()
            let isObject = frames[frames.count - 1].isObject
            switch text[cursor] {
            case UInt8(ascii: ","):
                cursor &+= 1
                if isObject {
                    skipSpace()
                    try key()
                }
                return false
            case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject: value = try closeChecked()
            default: throw missingSeparator(isObject)
            }
        }
    }

    @inline(__always)
    private mutating func open(isObject: Bool) throws(JSONError) {
        if frames.count == options.limits.nestingDepth {
            throw problem("values are nested more than \(options.limits.nestingDepth) deep")
        }
        frames.push(Frame(isObject: isObject, nodes: nodes.count, start: cursor))
        cursor &+= 1
        skipSpace()
    }

    /// Reads a key and its colon.
    @inline(__always)
    private mutating func key() throws(JSONError) {
        let start = cursor
        guard text[start] == UInt8(ascii: "\"") else { throw notAKey() }
        nodes.push(try string())
        if options.keepsPositions { spans.push(span(start, cursor)) }
        if text[cursor] != UInt8(ascii: ":") {
            skipSpace()
            if text[cursor] != UInt8(ascii: ":") { throw problem("expected ':' after the key, found \(shown())") }
        }
        cursor &+= 1
    }

    /// The empty collection whose closing bracket is at the cursor.
    private mutating func close() -> Value {
        let frame = frames.pop()
        cursor &+= 1
        return frame.isObject
            ? arena.object(sorted: UnsafeBufferPointer<ObjectEntry>(start: nil, count: 0))
            : arena.array(UnsafeBufferPointer<Value>(start: nil, count: 0))
    }

    /// The collection whose closing bracket is at the cursor.
    @inline(__always)
    private mutating func closeChecked() throws(JSONError) -> Value {
        let frame = frames.pop()
        cursor &+= 1
        valueStart = frame.start
        let children = nodes.suffix(from: frame.nodes)
        nodes.cut(to: frame.nodes)
        if options.keepsPositions {
            let spanStart = spans.count - children.count
            let places = spans.suffix(from: spanStart)
            spans.cut(to: spanStart)
            if frame.isObject { return try positionedObject(children, places) }
            return arena.array(UnsafeBufferPointer(children), spans: UnsafeBufferPointer(places), base: options.base)
        }
        if !frame.isObject { return arena.array(UnsafeBufferPointer(children)) }
        // Keys and values alternate on the stack, which is the layout of `ObjectEntry`.
        let entries = UnsafeMutableRawBufferPointer(children).bindMemory(to: ObjectEntry.self)
        return arena.object(sorting: entries)
    }

    private mutating func positionedObject(
        _ children: UnsafeMutableBufferPointer<Value>, _ places: UnsafeMutableBufferPointer<ByteSpan>
    ) throws(JSONError) -> Value {
        entries.cut(to: 0)
        for index in stride(from: 0, to: children.count, by: 2) {
            entries.push(
                PositionedEntry(
                    key: children[index], value: children[index + 1], keySpan: places[index],
                    valueSpan: places[index + 1]))
        }
        let sorted = entries.suffix(from: 0)
        ValueOrder.sort(sorted)
        var kept = 0
        for index in sorted.indices {
            if kept > 0, sorted[index].key == sorted[kept - 1].key {
                if options.rejectsEqualKeys { throw equalKeys(sorted[kept - 1], sorted[index]) }
                kept -= 1
            }
            sorted[kept] = sorted[index]
            kept += 1
        }
        return arena.object(sorted: UnsafeBufferPointer(rebasing: sorted[..<kept]), base: options.base)
    }
}
