import CLibYAML
import Diagnostics
import Text

/// Turns libyaml's events into values, one arena for the documents of a file, without recursion.
///
/// Keys and values of open mappings lie on one stack, items of open sequences on another; closing a collection sorts
/// its part of the stack and copies it into the arena. The stacks are reused by all documents of a file.
struct YAMLLoader: ~Copyable {
    struct Options {
        var limits: DocumentLimits
        var keepsPositions = true
        /// Whether equal keys break the document, as strict decoding has it; else the last wins.
        var rejectsEqualKeys = true
        /// Whether `yes`, `on` and their like are booleans, as in YAML 1.1; else they are texts, and dates are points in
        /// time, as go-yaml v3 decodes into untyped values.
        var hasWordBooleans = true
        /// Whether integers beyond the signed range become doubles, as they do on their way to the API server.
        var makesDoubles = false
        /// Whether documents in common forms are read without libyaml.
        var readsCommonForms = true
        /// Whether `-0.0` stays what JSON has of it, `-0`; on its way to the API server it becomes an integer.
        var keepsSignOfZero = false
        /// The arena for the only document wanted; nil to make documents of the whole stream.
        var onlyDocumentArena: Arena?
    }

    /// A collection that is being read.
    struct Frame {
        var isMapping: Bool
        var isBlock: Bool
        /// Whether a key waits for its value.
        var hasKey = false
        var keyIsMerge = false
        /// The number of the anchor on this collection, or -1.
        var anchor: Int
        /// Where its children start on their stack.
        var first: Int
        var firstMerge: Int
        /// Values counted before it.
        var sizeBefore: Int
        var key = Value.undefined
        var keySpan = ByteSpan(start: 0, end: 0)
        var span: ByteSpan
    }

    /// Thrown when the rest of a document cannot be read; the reason is the last of `problems`.
    struct Stop: Error {}

    /// About two seconds' worth of libyaml's bookkeeping.
    static let largestFlowWork = 100_000_000

    struct Anchor {
        /// Undefined while its collection is open.
        var value: Value
        /// Values in it, aliases expanded.
        var size: Int
    }

    /// Entries that a merge key brought in, by their places on the stack.
    struct MergedRun {
        var start: Int
        var end: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let source: SourceFile?
    /// The number of the first byte in the source map. Places on the stacks are offsets, those in values count from here.
    let base: UInt32
    let options: Options
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

    var marks: MarkMap
    var documents: [Document] = []
    var problems: [YAMLProblem] = []
    /// The number of documents met, broken ones included.
    private var documentCount = 0
    private var brokenDocuments = 0

    /// Where values are made; the first document of a file takes it over.
    let arena: Arena
    private var ownsArena = false
    var entries = Stack<PositionedEntry>()
    var values = Stack<Value>()
    var spans = Stack<ByteSpan>()
    var frames = Stack<Frame>(capacity: 16)
    var mergedEntries = Stack<MergedRun>(capacity: 4)
    var anchors: [Anchor] = []
    var anchorNumbers: [ExactText: Int] = [:]
    var root = Value.null
    var rootSpan = ByteSpan(start: 0, end: 0)
    var nodeCount = 0
    var aliasedCount = 0
    /// Flow collections that are open, and the sum of that number over the events: libyaml looks at all of them for
    /// each token, so that many tokens deep inside cost their product.
    var flowDepth = 0
    var flowWork = 0
    private var documentStart = 0
    private var problemsBefore = 0
    /// Bytes of values that a byte of block style makes, about; a file's values are mostly in one piece.
    private static let valueSize = 7
    private static let largestFirstBlock = 1 << 20

    init(_ bytes: UnsafeBufferPointer<UInt8>, source: SourceFile?, options: Options) {
        self.bytes = bytes
        self.source = source
        base = source?.base ?? 0
        self.options = options
        marks = MarkMap(bytes, isASCII: true, origin: 0)
        arena =
            options.onlyDocumentArena
            ?? Arena.make(capacity: min(bytes.count * Self.valueSize + 256, Self.largestFirstBlock))
        ownsArena = options.onlyDocumentArena == nil
    }

    deinit {
        if ownsArena { arena.destroy() }
        parser.deallocate()
    }

    /// Reads the documents of a range of the text; after a broken one goes on at the next `---`.
    mutating func read(_ range: Range<Int>, isASCII: Bool) {
        let start = readEach(range, isASCII: isASCII)
        readAll(start..<range.upperBound, isASCII: isASCII)
    }

    /// Reads documents one by one, those of common forms without libyaml, and gives the start of what is to be read as a whole.
    private mutating func readEach(_ range: Range<Int>, isASCII: Bool) -> Int {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        guard options.readsCommonForms, let base = bytes.baseAddress, CommonYAML.hasKnownBreaks(part, isASCII: isASCII)
        else { return range.lowerBound }
        var reader = CommonYAML(base)
        var start = range.lowerBound
        // Problems of a text that is one document have the lines of the whole text.
        var rest: Int { options.onlyDocumentArena == nil ? start : range.lowerBound }
        while start < range.upperBound {
            guard let end = CommonYAML.endOfDocument(bytes, start..<range.upperBound) else { return rest }
            let (knownDocuments, knownProblems) = (documentCount, problems.count)
            if !readCommonForm(start..<end, &reader), !parse(start..<end, isASCII: isASCII) {
                if documentCount == knownDocuments {
                    // Where the end of the range makes a mistake, its wording needs what comes behind.
                    problems.removeLast(problems.count - knownProblems)
                    return rest
                }
                skipBrokenDocument()
                if isExhausted { return range.upperBound }
            }
            if options.onlyDocumentArena != nil, documentCount > knownDocuments { return range.upperBound }
            start = end
        }
        return start
    }

    private mutating func readCommonForm(_ range: Range<Int>, _ reader: inout CommonYAML) -> Bool {
        let known = problems.count
        do throws(Stop) {
            try reader.document(range, &self)
            if problems.count == known {
                endDocument()
                return true
            }
        } catch {}
        problems.removeLast(problems.count - known)
        return false
    }

    /// Reads the documents of a range by libyaml.
    private mutating func readAll(_ range: Range<Int>, isASCII: Bool) {
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        // Looked for once, however often reading begins again.
        guard let colons = FlowColons(text) else { return readAll(text, range, isASCII: isASCII, nil) }
        colons.bytes.withUnsafeBufferPointer { readAll($0, range, isASCII: isASCII, colons) }
    }

    private mutating func readAll(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool, _ colons: FlowColons?
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            let rest = UnsafeBufferPointer(rebasing: text[(start - range.lowerBound)...])
            if parse(rest, start..<range.upperBound, isASCII: isASCII, colons) { return }
            if options.onlyDocumentArena != nil { return }
            let place = Int(problems.last?.span.start ?? 0)
            skipBrokenDocument()
            if isExhausted { return }
            var resume = min(max(place, start), range.upperBound)
            while resume > start, bytes[resume - 1] != 0x0A { resume -= 1 }
            guard let next = YAMLText.nextDocumentMarker(bytes, from: max(resume, documentStart + 1)) else { return }
            start = next
        }
    }

    /// Whether a limit on the whole file has been met.
    var isExhausted: Bool {
        documentCount > options.limits.documents || brokenDocuments > options.limits.brokenDocuments
    }

    /// Counts a document that cannot be read.
    mutating func skipBrokenDocument() {
        documentCount += 1
        brokenDocuments += 1
        if brokenDocuments > options.limits.brokenDocuments, let last = problems.last {
            problems.append(
                YAMLProblem(
                    code: DocumentCode.limit,
                    message: "more than \(options.limits.brokenDocuments) documents are broken; the rest is not read",
                    span: last.span))
        }
    }

    /// Runs libyaml over a range; false when it stopped early.
    private mutating func parse(_ range: Range<Int>, isASCII: Bool) -> Bool {
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        guard let colons = FlowColons(text) else { return parse(text, range, isASCII: isASCII) }
        return colons.bytes.withUnsafeBufferPointer { parse($0, range, isASCII: isASCII, colons) }
    }

    private mutating func parse(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool, _ colons: FlowColons? = nil
    ) -> Bool {
        guard let base = text.baseAddress, yaml_parser_initialize(parser) == 1 else { return true }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, base, range.count)
        marks = MarkMap(bytes, isASCII: isASCII, origin: range.lowerBound)
        documentStart = range.lowerBound
        var event = yaml_event_t()
        while yaml_parser_parse(parser, &event) == 1 {
            let type = event.type
            if let colons, type == YAML_SCALAR_EVENT { colons.restore(event) }
            do throws(Stop) {
                try handle(&event)
            } catch {
                yaml_event_delete(&event)
                return false
            }
            // Events that end a collection own nothing.
            if type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT { continue }
            yaml_event_delete(&event)
            if type == YAML_STREAM_END_EVENT { return true }
            if type == YAML_DOCUMENT_END_EVENT, options.onlyDocumentArena != nil { return true }
        }
        let error = LibYAMLError(parser.pointee) { marks.byteOffset($0) }
        problems.append(YAMLProblem(error, in: bytes))
        return false
    }

    @inline(__always)
    private mutating func handle(_ event: inout yaml_event_t) throws(Stop) {
        switch event.type {
        case YAML_SCALAR_EVENT:
            try scalar(event.data.scalar, span(event))
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            try open(isMapping: true, isBlock: data.style != YAML_FLOW_MAPPING_STYLE, data.anchor, span(event))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            try open(isMapping: false, isBlock: data.style != YAML_FLOW_SEQUENCE_STYLE, data.anchor, span(event))
        case YAML_MAPPING_END_EVENT: try closeMapping(end: span(event).end)
        case YAML_SEQUENCE_END_EVENT: try closeSequence(end: span(event).end)
        case YAML_ALIAS_EVENT: try alias(event.data.alias.anchor, span(event))
        case YAML_DOCUMENT_START_EVENT: try startDocument(span(event))
        case YAML_DOCUMENT_END_EVENT: endDocument()
        default: break
        }
    }

    @inline(__always)
    private mutating func span(_ event: borrowing yaml_event_t) -> ByteSpan {
        let start = marks.byteOffset(event.start_mark.index)
        return ByteSpan(start: start, end: marks.byteOffset(event.end_mark.index))
    }

    mutating func startDocument(_ span: ByteSpan) throws(Stop) {
        documentStart = Int(span.start)
        if documentCount == options.limits.documents {
            throw stop("the file has more than \(options.limits.documents) documents; the rest is not read", span)
        }
        entries.cut(to: 0)
        values.cut(to: 0)
        spans.cut(to: 0)
        frames.cut(to: 0)
        mergedEntries.cut(to: 0)
        if !anchors.isEmpty {
            anchors.removeAll(keepingCapacity: true)
            anchorNumbers.removeAll(keepingCapacity: true)
        }
        (root, rootSpan) = (.null, span)
        (nodeCount, aliasedCount, flowDepth, flowWork) = (0, 0, 0, 0)
        problemsBefore = problems.count
    }

    private mutating func endDocument() {
        if problems.count > problemsBefore {
            skipBrokenDocument()
            return
        }
        let rootSpan = rootSpan.moved(by: base)
        if let first = documents.first {
            documents.append(Document(beside: first, root: root, rootSpan: rootSpan, index: documentCount))
        } else if let source {
            documents.append(Document(arena: arena, root: root, source: source, rootSpan: rootSpan, index: documentCount))
            ownsArena = false
        }
        documentCount += 1
    }

    // MARK: Problems

    /// Notes a problem that does not keep the rest of the document from being looked at.
    mutating func report(_ problem: YAMLProblem) throws(Stop) {
        problems.append(problem)
        if problems.count - problemsBefore >= 20 { throw Stop() }
    }

    /// Notes a limit that is exceeded, to be thrown.
    @inline(never)
    mutating func stop(_ message: String, _ span: ByteSpan, builtin: String? = nil) -> Stop {
        problems.append(
            YAMLProblem(code: DocumentCode.limit, message: message, span: span, builtinMessage: builtin))
        return Stop()
    }
}
