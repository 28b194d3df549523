import Diagnostics
import Documents
import Judging

/// Where violations of an object are shown on the page, which marks whole nodes.
struct NodeView {
    let document: Document

    /// A node as the page shows it.
    struct Node {
        var path: DocumentPath
        var range: SourceRange?
        var isMissing: Bool
    }

    /// The exact node that `path` leads to; of a missing one, the key of the nearest parent.
    func node(at path: DocumentPath) -> Node {
        let place = document.place(at: path, keepsMissingSteps: false)
        let isMissing = place.path.steps.count < path.steps.count
        var range = document.range(place.span)
        if isMissing || place.span == document.rootSpan || path.steps.isEmpty {
            range = (isMissing ? place.keySpan.flatMap(document.range) : nil) ?? range.map(Self.firstLine)
        }
        return Node(path: path, range: range.map(Self.trimmed), isMissing: isMissing)
    }

    private static let containerLists: Set<String> = ["containers", "initContainers", "ephemeralContainers"]

    /// The name of the container that a path leads into.
    func container(at path: DocumentPath) -> String? {
        for (depth, step) in path.steps.enumerated().dropFirst().reversed() {
            guard case .index = step, case .key(let list) = path.steps[depth - 1], Self.containerLists.contains(list) else {
                continue
            }
            return document.value(at: DocumentPath(Array(path.steps[...depth]))).field("name").stringValue
        }
        return nil
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
}
