import Documents

/// Reads the members of a request's object and says which of them is not what it should be.
struct MemberReader {
    private let value: Value
    private let place: String

    init(_ value: Value, place: String = "") { (self.value, self.place) = (value, place) }

    func string(_ name: String) throws(PlaygroundError) -> String? {
        try member(name, "a string") { $0.stringValue }
    }

    func bool(_ name: String) throws(PlaygroundError) -> Bool? {
        try member(name, "true or false") { $0.boolValue }
    }

    func int(_ name: String) throws(PlaygroundError) -> Int? {
        try member(name, "an integer") { $0.integerValue.map { Int(clamping: $0) } }
    }

    private func member<Result>(
        _ name: String, _ wanted: String, _ read: (Value) -> Result?
    ) throws(PlaygroundError) -> Result? {
        let member = value.field(named: name)
        if member.isUndefined || member.kind == .null { return nil }
        guard let result = read(member) else {
            throw .badRequest("`\(place.isEmpty ? "" : place + ".")\(name)` must be \(wanted).")
        }
        return result
    }
}
