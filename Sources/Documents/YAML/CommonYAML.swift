#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is told of the values of a document, in the order of the text. `Stop` ends the reading.
protocol CommonYAMLLoader: ~Copyable {
    mutating func startDocument(_ span: ByteSpan) throws(YAMLLoader.Stop)
    mutating func open(isMapping: Bool, isBlock: Bool, _ span: ByteSpan) throws(YAMLLoader.Stop)
    mutating func closeMapping(end: UInt32) throws(YAMLLoader.Stop)
    mutating func closeSequence(end: UInt32) throws(YAMLLoader.Stop)
    /// - Parameter isString: whether it is no plain scalar, so that it is a text whatever it looks like.
    mutating func scalar(_ text: UnsafeBufferPointer<UInt8>, isString: Bool, _ span: ByteSpan) throws(YAMLLoader.Stop)
}

/// Reads documents in the forms that nearly all manifests keep to, with the values and places that libyaml gives: block
/// mappings and sequences, flow collections, texts on one line, and literal texts.
///
/// Whatever else it meets (anchors, tags, tabs, texts over several lines, any mistake) ends it with `Stop`, and libyaml reads
/// the document from its start. So it never has to word a problem, and wherever libyaml's behaviour is intricate it stops.
struct CommonYAML: ~Copyable {
    typealias Stop = YAMLLoader.Stop

    /// A scalar as it is written, quotes included.
    struct Scalar {
        var start: Int
        var end: Int
        var isPlain = true
        /// Whether its text is what `decoded` holds, since it has escapes.
        var isDecoded = false
    }

    private static let deepest = 100
    /// libyaml gives up keys that are longer than 1,024 characters.
    static let longestKey = 1000

    let text: UnsafePointer<UInt8>
    private(set) var end = 0
    var at = 0
    private var lineStart = 0
    /// The column of what is at `at` when it is the first of its line; -1 at the end of the document.
    private(set) var indent = 0
    var depth = 0
    var decoded: [UInt8] = []

    init(_ text: UnsafePointer<UInt8>) { self.text = text }

    /// Whether a text has only the line breaks that this reader knows, and no byte order mark inside.
    static func hasKnownBreaks(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> Bool {
        guard let base = bytes.baseAddress, memchr(base, 0x0D, bytes.count) == nil else { return false }
        if isASCII { return true }
        for index in bytes.indices.dropLast() where bytes[index] >= 0xC2 {
            let third = index + 2 < bytes.count ? bytes[index + 2] : 0
            switch (bytes[index], bytes[index + 1], third) {
            case (0xC2, 0x85, _), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xEF, 0xBB, 0xBF): return false
            default: continue
            }
        }
        return true
    }

    /// The next line behind the first that begins a document, else the end; nil where a line marks the end of a document or may
    /// be a directive, so that there may be several.
    static func endOfDocument(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        guard let base = bytes.baseAddress, bytes[index] != 0x25 else { return nil }
        while index < range.upperBound, let found = memchr(base + index, 0x0A, range.upperBound - index) {
            index = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
            if index < range.upperBound, bytes[index] == 0x25 { return nil }
            guard index + 3 <= range.upperBound, bytes[index] == 0x2D || bytes[index] == 0x2E else { continue }
            if bytes[index + 1] != bytes[index] || bytes[index + 2] != bytes[index] { continue }
            if index + 3 < range.upperBound, bytes[index + 3] > 0x20 { continue }
            return bytes[index] == 0x2D ? index : nil
        }
        return range.upperBound
    }

    /// Reads the only document of a range, which may begin with `---`.
    mutating func document<Loader: CommonYAMLLoader & ~Copyable>(_ range: Range<Int>, _ loader: inout Loader) throws(Stop) {
        (at, end, depth) = (range.lowerBound, range.upperBound, 0)
        var start: ByteSpan?
        if byte(at) == 0x2D, byte(at + 1) == 0x2D, byte(at + 2) == 0x2D, isBlank(at + 3) {
            start = span(at, at + 3)
            at += 3
            try finishLine()
        } else {
            try goToLine(from: at)
        }
        guard indent == 0 else { throw Stop() }
        try loader.startDocument(start ?? span(at, at))
        if isFlow(text[at]) {
            try flow(&loader)
            try finishLine()
        } else {
            try node(&loader)
        }
        if indent >= 0 { throw Stop() }
    }

    // MARK: Blocks

    /// The mapping or sequence that the line at the cursor begins.
    private mutating func node<Loader: CommonYAMLLoader & ~Copyable>(_ loader: inout Loader) throws(Stop) {
        if isEntry { return try sequence(indent, isIndentless: false, &loader) }
        let column = indent
        try mapping(try blockKey(), column, &loader)
    }

    /// The mapping of a column whose first key has been read.
    private mutating func mapping<Loader: CommonYAMLLoader & ~Copyable>(_ first: Scalar, _ column: Int, _ loader: inout Loader)
        throws(Stop)
    {
        try enter()
        try loader.open(isMapping: true, isBlock: true, span(first.start, first.start))
        var key = first
        while true {
            try give(key, &loader)
            at = key.end + 1
            try value(column, &loader)
            if indent != column { break }
            key = try blockKey()
        }
        if indent > column { throw Stop() }
        try loader.closeMapping(end: UInt32(truncatingIfNeeded: at))
        depth -= 1
    }

    /// What stands behind the colon of a key.
    private mutating func value<Loader: CommonYAMLLoader & ~Copyable>(_ column: Int, _ loader: inout Loader) throws(Stop) {
        let mark = at
        if try !skipToValue() { return try inline(column, &loader) }
        if indent > column { return try node(&loader) }
        if indent == column, isEntry { return try sequence(column, isIndentless: true, &loader) }
        try loader.scalar(UnsafeBufferPointer(start: text + mark, count: 0), isString: false, span(mark, mark))
    }

    /// The sequence of a column; the dash of its first entry is at the cursor. One that stands in the column of the mapping
    /// around it is indentless.
    private mutating func sequence<Loader: CommonYAMLLoader & ~Copyable>(
        _ column: Int, isIndentless: Bool, _ loader: inout Loader
    ) throws(Stop) {
        try enter()
        try loader.open(isMapping: false, isBlock: true, span(at, isIndentless ? at + 1 : at))
        repeat {
            at += 1
            try entry(column, &loader)
        } while indent == column && isEntry
        if indent > column || indent == column && !isIndentless { throw Stop() }
        try loader.closeSequence(end: UInt32(truncatingIfNeeded: at))
        depth -= 1
    }

    /// What stands behind the dash of an entry.
    private mutating func entry<Loader: CommonYAMLLoader & ~Copyable>(_ column: Int, _ loader: inout Loader) throws(Stop) {
        let mark = at
        if try skipToValue() {
            if indent > column { return try node(&loader) }
            return try loader.scalar(UnsafeBufferPointer(start: text + mark, count: 0), isString: false, span(mark, mark))
        }
        if isEntry { return try sequence(at - lineStart, isIndentless: false, &loader) }
        if isFlow(text[at]) || text[at] == UInt8(ascii: "|") { return try inline(column, &loader) }
        let scalar = try blockScalar()
        if byte(at) == UInt8(ascii: ":"), isBlank(at + 1) {
            try check(key: scalar)
            return try mapping(scalar, scalar.start - lineStart, &loader)
        }
        try give(scalar, &loader)
        try finishLine()
    }

    /// A value on the line of its key or dash; `column` is that of the collection around it.
    private mutating func inline<Loader: CommonYAMLLoader & ~Copyable>(_ column: Int, _ loader: inout Loader) throws(Stop) {
        switch text[at] {
        case UInt8(ascii: "|"): return try goToLine(from: try literal(column, &loader))
        case UInt8(ascii: "{"), UInt8(ascii: "["): try flow(&loader)
        default: try give(try blockScalar(), &loader)
        }
        try finishLine()
    }

    private mutating func blockKey() throws(Stop) -> Scalar {
        let key = try blockScalar()
        guard byte(at) == UInt8(ascii: ":"), isBlank(at + 1) else { throw Stop() }
        try check(key: key)
        return key
    }

    /// Leaves to libyaml what is too long for a key, and merge keys.
    func check(key: Scalar) throws(Stop) {
        let count = key.end - key.start
        if count > Self.longestKey { throw Stop() }
        if count == 2, text[key.start] == UInt8(ascii: "<"), text[key.start + 1] == UInt8(ascii: "<") { throw Stop() }
    }

    mutating func enter() throws(Stop) {
        depth += 1
        if depth > Self.deepest { throw Stop() }
    }

    // MARK: Lines

    @inline(__always)
    func byte(_ index: Int) -> UInt8 { index < end ? text[index] : 0x0A }

    @inline(__always)
    func isBlank(_ index: Int) -> Bool {
        let byte = byte(index)
        return byte == 0x20 || byte == 0x0A || byte == 0x09
    }

    @inline(__always)
    func isFlow(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

    /// Whether an entry of a sequence begins at the cursor.
    @inline(__always)
    private var isEntry: Bool { byte(at) == UInt8(ascii: "-") && isBlank(at + 1) }

    @inline(__always)
    func span(_ start: Int, _ end: Int) -> ByteSpan {
        ByteSpan(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    }

    func endOfLine(_ index: Int) -> Int {
        guard index < end, let found = memchr(text + index, 0x0A, end - index) else { return end }
        return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - text
    }

    /// Skips blanks; true, and the cursor on the next line that says something, when the rest of this one says nothing.
    @inline(__always)
    private mutating func skipToValue() throws(Stop) -> Bool {
        let start = at
        while byte(at) == 0x20 { at += 1 }
        if byte(at) != 0x0A, byte(at) != UInt8(ascii: "#") { return false }
        at = start
        try finishLine()
        return true
    }

    /// Goes on to the next line that says something; this one may hold no more than a comment.
    mutating func finishLine() throws(Stop) {
        var index = at
        while index < end, text[index] == 0x20 { index += 1 }
        if index < end, text[index] != 0x0A {
            guard text[index] == UInt8(ascii: "#"), index > at else { throw Stop() }
            index = endOfLine(index)
        }
        try goToLine(from: index + 1)
    }

    /// Goes to what the first line says that is no comment, from the start of a line on.
    private mutating func goToLine(from start: Int) throws(Stop) {
        var index = start
        while index < end {
            let line = index
            while index < end, text[index] == 0x20 { index += 1 }
            if index >= end { break }
            switch text[index] {
            case 0x0A: index += 1
            case 0x09: throw Stop()
            case UInt8(ascii: "#"): index = endOfLine(index) + 1
            default:
                (at, lineStart, indent) = (index, line, index - line)
                // The mark that ends a document.
                if indent == 0, text[index] == UInt8(ascii: "."), byte(index + 1) == UInt8(ascii: ".") { throw Stop() }
                return
            }
        }
        (at, lineStart, indent) = (end, end, -1)
    }
}
