import Documents

/// Values as answers show them: bounded, whatever a policy makes.
enum ValueText {
    /// How much an answer may still show of values.
    struct Room {
        /// Bytes of JSON of one value.
        let perValue: Int
        /// Bytes of all values together.
        private(set) var total: Int

        init(_ limits: PlaygroundLimits) {
            perValue = limits.valueSize
            total = limits.valuesSize
        }

        /// The members that show a value: its JSON, unless that is too long, and its start as a Rego term.
        mutating func members(_ value: Value) -> [(String, JSON)] {
            let text = term(value, limit: 4096)
            total -= text.utf8.count
            var left = min(perValue, total)
            let whole = left
            if fits(value, &left) {
                total -= whole - left
                return [("value", .value(value)), ("text", .string(text))]
            }
            return [("truncated", .bool(true)), ("text", .string(total > 0 ? text : "…"))]
        }
    }

    /// Whether the JSON of a value is shorter than the room, which it takes.
    private static func fits(_ value: Value, _ room: inout Int) -> Bool {
        switch value.kind {
        case .string, .decimal: room -= value.count + 3
        case .array, .set:
            for element in value.elements where room > 0 { _ = fits(element, &room) }
            room -= 2
        case .object:
            for index in 0..<value.count where room > 0 {
                _ = fits(value.keys[index], &room)
                _ = fits(value.values[index], &room)
            }
            room -= 2
        default: room -= 6
        }
        return room > 0
    }

    /// A value as a Rego term, cut after about `limit` bytes.
    static func term(_ value: Value, limit: Int) -> String {
        var output: [UInt8] = []
        write(value, to: &output, limit)
        if output.count <= limit { return String(decoding: output, as: UTF8.self) }
        return String(decoding: output.prefix(limit), as: UTF8.self).trimmedOfBrokenEnd + "…"
    }

    private static func write(_ value: Value, to output: inout [UInt8], _ limit: Int) {
        if output.count > limit { return }
        switch value.kind {
        case .string where value.count > limit:
            output.append(UInt8(ascii: "\""))
            output += value.utf8.prefix(limit)
        case .array: writeList(value.elements, "[", "]", &output, limit)
        case .set where value.count > 0: writeList(value.elements, "{", "}", &output, limit)
        case .object:
            output.append(UInt8(ascii: "{"))
            for index in 0..<value.count where output.count <= limit {
                if index > 0 { output += ", ".utf8 }
                write(value.keys[index], to: &output, limit)
                output += ": ".utf8
                write(value.values[index], to: &output, limit)
            }
            output.append(UInt8(ascii: "}"))
        default: RegoTermWriter.append(value, to: &output)
        }
    }

    private static func writeList(
        _ elements: UnsafeBufferPointer<Value>, _ open: Character, _ close: Character, _ output: inout [UInt8], _ limit: Int
    ) {
        output += open.utf8
        for (index, element) in elements.enumerated() where output.count <= limit {
            if index > 0 { output += ", ".utf8 }
            write(element, to: &output, limit)
        }
        output += close.utf8
    }
}

extension String {
    /// Without the replacement character that a cut inside a character leaves.
    fileprivate var trimmedOfBrokenEnd: String { last == "\u{FFFD}" ? String(dropLast()) : self }
}
