import Diagnostics
import Documents

/// A subject as policies of one style see it.
struct InputView {
    let document: Document
    /// The steps from the input to the object.
    let prefix: [DocumentPath.Step]

    init(_ subject: Subject, style: InputStyle, admission: RequestSettings, parameters: Document?) {
        switch style {
        case .object:
            document = subject.document
            prefix = []
        case .admission:
            document = admission.review(of: subject)
            prefix = Self.objectSteps("request", document.root.field("request"))
        case .review:
            let review = admission.review(of: subject)
            let arena = Arena.make(capacity: 1024)
            let builder = PlacedObject(arena: arena, span: review.rootSpan)
            let settings = parameters.map { arena.copy($0.root) } ?? arena.object([ObjectEntry]())
            let root = builder.object([("review", review.root.field("request")), ("parameters", settings)])
            document = Document(arena: arena, root: root, rootSpan: review.rootSpan, partOf: review)
            prefix = Self.objectSteps("review", root.field("review"))
        }
    }

    private static func objectSteps(_ name: String, _ request: Value) -> [DocumentPath.Step] {
        [.key(name), .key(request.field("object").kind == .object ? "object" : "oldObject")]
    }

    /// A node as the page shows it.
    struct Node {
        /// From the object, where the node belongs to it.
        var path: DocumentPath
        var range: SourceRange?
        var isMissing: Bool
    }

    /// The exact node that `path` leads to; of a missing one, the key of the nearest parent.
    func node(at path: DocumentPath) -> Node {
        let place = document.place(at: path, keepsMissingSteps: false)
        let isMissing = place.path.steps.count < path.steps.count
        let shown = path.steps.starts(with: prefix) ? DocumentPath(Array(path.steps.dropFirst(prefix.count))) : path
        var range = document.range(place.span)
        if isMissing || place.span == document.rootSpan || shown.steps.isEmpty {
            range = (isMissing ? place.keySpan.flatMap(document.range) : nil) ?? range.map(Self.firstLine)
        }
        return Node(path: shown, range: range.map(Self.trimmed), isMissing: isMissing)
    }

    private static func firstLine(_ range: SourceRange) -> SourceRange {
        let end = range.file.byteRange(ofLine: range.file.line(at: Int(range.start))).upperBound
        return SourceRange(file: range.file, start: range.start, end: min(range.end, UInt32(end)))
    }

    /// Without the line breaks that a block collection ends with.
    private static func trimmed(_ range: SourceRange) -> SourceRange {
        var end = Int(range.end)
        while end > Int(range.start), [0x20, 0x09, 0x0A, 0x0D].contains(range.file.bytes[end - 1]) { end -= 1 }
        return SourceRange(file: range.file, start: range.start, end: UInt32(end))
    }

    /// A line that a policy names, in the object's file.
    func line(_ line: Int) -> SourceRange? {
        guard let source = document.source, line >= 1, line <= source.lineCount else { return nil }
        let bytes = source.byteRange(ofLine: line)
        return SourceRange(file: source, start: UInt32(bytes.lowerBound), end: UInt32(bytes.upperBound))
    }
}
