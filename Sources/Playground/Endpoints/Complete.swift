import Diagnostics

extension PlaygroundAPI {
    /// `POST /api/complete`.
    func complete(_ call: APICall) throws -> APIAnswer {
        let place = try HelpPlace(call, library: library, limits: limits)
        let reference = Reference(in: place.file.bytes, endingAt: place.offset)
        let start = reference?.lastStart ?? place.offset
        let typed = String(decoding: place.file.bytes[start..<place.offset], as: UTF8.self)
        let items = place.isCode ? Completion(place.scope, reference).items : []
        let matching = items.filter { $0.label.lowercased().hasPrefix(typed.lowercased()) }
        let others =
            typed.count < 2
            ? []
            : items.filter { item in
                !item.label.lowercased().hasPrefix(typed.lowercased()) && item.label.lowercased().contains(typed.lowercased())
            }
        return .json(
            .object([
                ("replace", .range(start, place.offset, in: place.file)),
                ("items", .array((matching + others).prefix(200).map(\.json))),
            ]))
    }
}
