/// Finds where the bytes of a function's result come from by looking for its arguments in it.
enum OriginSearch {
    static func trace(
        _ result: GoValue, _ arguments: [GoValue], _ rule: TemplateFunction.OriginRule
    ) -> Trace? {
        if let trace = result.trace { return trace }
        switch result.content {
        case .string(let text):
            if rule == .indent { return indented(text, arguments) }
            return found(Array(text.utf8), arguments) ?? union(arguments)
        case .integer, .float, .bool: return union(arguments)
        default: return nil
        }
    }

    /// All values that took part, as parts of the whole; values before texts of templates.
    private static func union(_ arguments: [GoValue]) -> Trace? {
        var seen: Set<TextPlace> = []
        var segments: [TraceSegment] = []
        for argument in arguments {
            for var segment in argument.trace?.segments ?? [] where seen.insert(segment.place).inserted {
                segment.start = 0
                segment.isVerbatim = false
                segments.append(segment)
                if segments.count > 16 { break }
            }
        }
        if segments.contains(where: \.isValue) { segments.removeAll { !$0.isValue } }
        return segments.isEmpty ? nil : Trace(segments)
    }

    /// Segments of the arguments at the places where the result repeats them.
    private static func found(_ result: [UInt8], _ arguments: [GoValue]) -> Trace? {
        var segments: [TraceSegment] = []
        var position = 0
        for argument in arguments {
            guard let trace = argument.trace else { continue }
            var text: [UInt8] = []
            GoPrint.append(argument, to: &text)
            if text.isEmpty { continue }
            if let place = search(text, in: result, from: position) {
                segments += trace.slice(0..<text.count).map { shifted($0, place) }
                position = place + text.count
            } else if arguments.count <= 3, !result.isEmpty, let place = search(result, in: text, from: 0) {
                return Trace(trace.slice(place..<place + result.count))
            }
        }
        return segments.isEmpty ? nil : Trace(segments)
    }

    private static func shifted(_ segment: TraceSegment, _ offset: Int) -> TraceSegment {
        var segment = segment
        segment.start += offset
        return segment
    }

    private static func search(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard needle.count <= text.count - start else { return nil }
        var index = start
        let last = text.count - needle.count
        while index <= last {
            guard let place = text[index...last].firstIndex(of: needle[0]) else { return nil }
            if text[place..<place + needle.count].elementsEqual(needle) { return place }
            index = place + 1
        }
        return nil
    }

    /// The lines of the last argument, each moved behind the spaces put before it.
    private static func indented(_ text: String, _ arguments: [GoValue]) -> Trace? {
        guard let argument = arguments.last, let trace = argument.trace, let inner = argument.asBytes,
            let width = arguments.first?.asInteger
        else { return nil }
        let spaces = max(0, Int(width))
        let lineStarts = [0] + inner.indices.filter { inner[$0] == 0x0A }.map { $0 + 1 }
        let lead = max(0, text.utf8.count - inner.count - spaces * lineStarts.count)
        var segments: [TraceSegment] = []
        for (line, start) in lineStarts.enumerated() {
            let end = line + 1 < lineStarts.count ? lineStarts[line + 1] : inner.count
            let offset = lead + spaces * (line + 1) + start
            segments += trace.slice(start..<max(end, start)).map { shifted($0, offset) }
        }
        return Trace(segments)
    }
}
