import Documents
import GoLibrary

/// The formats that nearly all calls have: `%s`, `%v`, `%d`, `%q` and `%%` without flags, one value for each.
enum PlainFormat {
    static var percentSign: UTF8Bytes.Bytes {
        let text: StaticString = "%"
        return UnsafeBufferPointer(start: text.utf8Start, count: 1)
    }

    /// Writes the text; false, with a part of it written, when `GoFormat` has to.
    static func write(_ format: UTF8Bytes.Bytes, _ values: UnsafeBufferPointer<Value>, to text: inout TextBuilder) -> Bool {
        var position = 0, next = 0
        while position < format.count {
            let percent = UTF8Bytes.find(percentSign, in: format, from: position)
            let end = percent < 0 ? format.count : percent
            text.append(UnsafeBufferPointer(rebasing: format[position..<end]))
            if percent < 0 { break }
            guard percent + 1 < format.count else { return false }
            position = percent + 2
            if format[percent + 1] == UInt8(ascii: "%") {
                text.append(UInt8(ascii: "%"))
            } else {
                guard next < values.count, write(values[next], as: format[percent + 1], to: &text) else { return false }
                next += 1
            }
        }
        return next == values.count
    }

    private static func write(_ value: Value, as verb: UInt8, to text: inout TextBuilder) -> Bool {
        switch (verb, value.kind) {
        case (UInt8(ascii: "s"), .string), (UInt8(ascii: "v"), .string): text.append(value.utf8)
        case (UInt8(ascii: "q"), .string): GoText.quote(value.utf8, to: &text)
        case (UInt8(ascii: "d"), .int), (UInt8(ascii: "v"), .int): text.append(value.rawInt)
        case (UInt8(ascii: "s"), .int), (UInt8(ascii: "s"), .decimal), (UInt8(ascii: "v"), .decimal), (_, .node): return false
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "v"), _): TermText.writePlain(value, to: &text)
        default: return false
        }
        return true
    }
}
