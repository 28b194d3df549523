import Diagnostics
import Documents
import GoTemplate

/// Finds where the scalars of a written value stand in its YAML text, so that their origins stay with them.
enum YAMLTrace {
    static func trace(_ bytes: [UInt8], _ value: GoValue) -> Trace? {
        guard value.asMap != nil || value.asList != nil else { return value.trace }
        guard let document = try? YAMLReader.document(SourceFile(path: "", bytes: bytes)) else { return nil }
        var segments: [TraceSegment] = []
        document.withRoot { collect($0, value, document.rootSpan, &segments) }
        segments.sort { $0.start < $1.start }
        return segments.isEmpty ? nil : Trace(segments)
    }

    private static func collect(_ node: Value, _ value: GoValue, _ span: ByteSpan, _ segments: inout [TraceSegment]) {
        if let list = value.asList, node.kind == .array, node.count == list.items.count {
            for index in 0..<node.count {
                collect(node.elements[index], list.items[index], node.valueSpan(at: index), &segments)
            }
        } else if let map = value.members, node.kind == .object {
            for index in 0..<node.count {
                guard let member = map[node.keys[index].string] else { continue }
                // A key belongs to its value: who changes one changes the line of both.
                if let segment = member.trace?.segments.first { add(segment, node.keySpan(at: index), &segments) }
                collect(node.values[index], member, node.valueSpan(at: index), &segments)
            }
        } else if let trace = value.trace {
            for segment in trace.segments { add(segment, span, &segments) }
        }
    }

    private static func add(_ segment: TraceSegment, _ span: ByteSpan, _ segments: inout [TraceSegment]) {
        var segment = segment
        segment.start = Int(span.start)
        segment.isVerbatim = false
        segments.append(segment)
    }
}
