import Diagnostics

extension PlaygroundAPI {
    /// `POST /api/hover`.
    func hover(_ call: APICall) throws -> APIAnswer {
        let place = try HelpPlace(call, library: library, limits: limits)
        var end = place.offset
        let bytes = place.file.bytes
        while end < bytes.count, Reference.isName(bytes[end]) { end += 1 }
        guard place.isCode, let reference = Reference(in: bytes, endingAt: end), reference.end > reference.lastStart,
            let hover = Hover(reference, place.scope)
        else { return .json(.object([("hover", .null)])) }
        let start = hover.isWhole ? reference.start : reference.lastStart
        return .json(
            .object([
                (
                    "hover",
                    .members([
                        "range": .range(start, reference.end, in: place.file), "kind": .string(hover.kind),
                        "title": .string(hover.title), "text": hover.text.isEmpty ? nil : .string(hover.text),
                        "definition": hover.definition.map(JSON.place),
                    ])
                )
            ]))
    }
}
