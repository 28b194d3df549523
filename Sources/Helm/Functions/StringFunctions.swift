import GoLibrary
import GoTemplate
import Text

/// Functions on text (sprig's `strings.go`).
enum StringFunctions {
    static let all: [TemplateFunction] = [
        function("trim", [.string]) { .string(trimmed($0.text(0))) },
        function("upper", [.string]) { .string($0.text(0).uppercased()) },
        function("lower", [.string]) { .string($0.text(0).lowercased()) },
        function("title", [.string]) { .string(WordCase.title($0.text(0))) },
        function("untitle", [.string]) { .string(WordCase.untitle($0.text(0))) },
        function("trunc", [.int, .string]) { truncated($0[1].asBytes ?? [], $0.int(0)) },
        function("substr", [.int, .int, .string]) { try substring($0[2].asBytes ?? [], $0.int(0), $0.int(1)) },
        function("repeat", [.int, .string]) { call in
            let (count, text) = (call.int(0), call.text(1))
            if count < 0 { throw FunctionFailure("strings: negative Repeat count") }
            if text.isEmpty { return .string("") }
            let (size, overflow) = count.multipliedReportingOverflow(by: text.utf8.count)
            try call.run.charge(overflow ? Int.max / 2 : size)
            return .string(String(repeating: text, count: count))
        },
        function("trimAll", [.string, .string]) { .string(trimmed($0.text(1), $0.text(0))) },
        function("trimSuffix", [.string, .string]) { call in
            let (suffix, text) = (call.text(0), call.text(1))
            return .string(
                endsWith(text, suffix) ? String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self) : text)
        },
        function("trimPrefix", [.string, .string]) { call in
            let (prefix, text) = (call.text(0), call.text(1))
            return .string(
                text.utf8.starts(with: prefix.utf8)
                    ? String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : text)
        },
        function("nospace", [.string]) {
            .string(String(String.UnicodeScalarView($0.text(0).unicodeScalars.filter { !$0.properties.isWhitespace })))
        },
        function("initials", [.string]) { .string(WordCase.initials($0.text(0))) },
        function("swapcase", [.string]) { .string(WordCase.swapped($0.text(0))) },
        function("snakecase", [.string]) { .string(CaseWords.lowered($0.text(0), connector: "_")) },
        function("kebabcase", [.string]) { .string(CaseWords.lowered($0.text(0), connector: "-")) },
        function("camelcase", [.string]) { .string(CaseWords.camel($0.text(0))) },
        function("wrap", [.int, .string]) {
            .string(TextWrap.wrapped($0.text(1), $0.int(0), "\n", cutsLongWords: false))
        },
        function("wrapWith", [.int, .string, .string]) {
            .string(TextWrap.wrapped($0.text(2), $0.int(0), $0.text(1), cutsLongWords: true))
        },
        function("abbrev", [.int, .string]) { call in
            call.int(0) < 4 ? call[1] : TextWrap.abbreviated(call[1].asBytes ?? [], 0, call.int(0))
        },
        function("abbrevboth", [.int, .int, .string]) { call in
            let (left, right) = (call.int(0), call.int(1))
            return right < 4 || left > 0 && right < 7
                ? call[2] : TextWrap.abbreviated(call[2].asBytes ?? [], left, right)
        },
        function("contains", [.string, .string]) { .bool(contains($0.text(1), $0.text(0))) },
        function("hasPrefix", [.string, .string]) { .bool($0.text(1).utf8.starts(with: $0.text(0).utf8)) },
        function("hasSuffix", [.string, .string]) { .bool(endsWith($0.text(1), $0.text(0))) },
        function("quote", rest: .any) { call in
            if call.arguments.count == 1, case .string(let text) = call[0].content {
                return .string(GoText.quoted(text))
            }
            return .text(
                joined(call.arguments) { value in
                    var output: [UInt8] = []
                    GoText.quote(value.plainText.asBytes ?? [], to: &output)
                    return output
                })
        },
        function("squote", rest: .any) {
            .text(joined($0.arguments) { [0x27] + Array(GoPrint.text($0).utf8) + [0x27] })
        },
        function("cat", rest: .any) { call in
            .string(call.arguments.filter { !$0.isNil }.map(GoPrint.text).joined(separator: " "))
        },
        function("indent", [.int, .string], origin: .indent) { .text(try indented($0[1].asBytes ?? [], $0.int(0), $0)) },
        function("nindent", [.int, .string], origin: .indent) {
            .text([0x0A] + (try indented($0[1].asBytes ?? [], $0.int(0), $0)))
        },
        function("replace", [.string, .string, .string]) { call in
            .string(try replaced(call.text(2), call.text(0), call.text(1), call))
        },
        function("plural", [.string, .string, .int], origin: .own) { $0.int(2) == 1 ? $0[0] : $0[1] },
        function("toString", [.any]) { $0[0].plainText },
        function("toStrings", [.any]) { call in
            if let list = call[0].asList, list.isNone, list.element == .string { return call[0] }
            return .strings(texts(call[0]))
        },
        function("split", [.string, .string]) { call in .map(parts(pieces(call.text(1), call.text(0)))) },
        function("splitList", [.string, .string]) { .strings(pieces($0.text(1), $0.text(0))) },
        function("splitn", [.string, .int, .string]) { call in
            .map(parts(pieces(call.text(2), call.text(0), limit: call.int(1))))
        },
        function("join", [.string, .any]) { .string(texts($0[1]).joined(separator: $0.text(0))) },
        function("sortAlpha", [.any]) { call in
            switch call[0].content {
            case .list(let list) where list.isNone && list.element == .string: return call[0]
            case .list: return .strings(texts(call[0]).sorted(by: ExactText.precedes))
            default: return .strings([GoPrint.text(call[0])])
            }
        },
        function("hello") { _ in .string("Hello!") },
    ]

    // MARK: Parts

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func trimmed(_ text: String, _ set: String) -> String {
        let cut = Set(set.unicodeScalars)
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !cut.contains($0) }),
            let last = scalars.lastIndex(where: { !cut.contains($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private static func truncated(_ bytes: [UInt8], _ count: Int) -> GoValue {
        if count < 0, bytes.count + count > 0 { return .text(bytes[(bytes.count + count)...]) }
        return .text(count >= 0 && bytes.count > count ? bytes[..<count] : bytes[...])
    }

    private static func substring(_ bytes: [UInt8], _ start: Int, _ end: Int) throws -> GoValue {
        if start < 0 {
            guard end >= 0, end <= bytes.count else { throw outOfRange(end, bytes.count) }
            return .text(bytes[..<end])
        }
        if end < 0 || end > bytes.count {
            guard start <= bytes.count else {
                throw FunctionFailure("runtime error: slice bounds out of range [\(start):\(bytes.count)]")
            }
            return .text(bytes[start...])
        }
        guard start <= end else { throw FunctionFailure("runtime error: slice bounds out of range [\(start):\(end)]") }
        return .text(bytes[start..<end])
    }

    private static func outOfRange(_ end: Int, _ count: Int) -> FunctionFailure {
        FunctionFailure("runtime error: slice bounds out of range [:\(end)]" + (end < 0 ? "" : " with length \(count)"))
    }

    private static func joined(_ values: [GoValue], _ text: (GoValue) -> [UInt8]) -> [UInt8] {
        Array(values.filter { !$0.isNil }.map(text).joined(separator: [0x20]))
    }

    private static func indented(_ text: [UInt8], _ count: Int, _ call: borrowing FunctionCall) throws -> [UInt8] {
        if count < 0 { throw FunctionFailure("strings: negative Repeat count") }
        let lines = text.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        let (extra, overflow) = lines.multipliedReportingOverflow(by: count)
        try call.run.charge(overflow ? Int.max / 2 : extra)
        var output: [UInt8] = []
        output.reserveCapacity(text.count + extra)
        let padding = [UInt8](repeating: 0x20, count: count)
        output += padding
        for byte in text {
            output.append(byte)
            if byte == 0x0A { output += padding }
        }
        return output
    }

    static func contains(_ text: String, _ part: String) -> Bool {
        find(Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }

    private static func endsWith(_ text: String, _ suffix: String) -> Bool {
        text.utf8.count >= suffix.utf8.count && text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    static func find(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard needle.count <= text.count - start else { return nil }
        return needle.isEmpty ? start : ByteSearch.first(needle, in: text, from: start)?.lowerBound
    }

    private static func replaced(
        _ text: String, _ old: String, _ new: String, _ call: borrowing FunctionCall
    ) throws -> String {
        if old.isEmpty {
            try call.run.charge((text.unicodeScalars.count + 1) * new.utf8.count)
            return new + text.unicodeScalars.map { String($0) + new }.joined()
        }
        let parts = pieces(text, old)
        try call.run.charge((parts.count - 1) * new.utf8.count)
        return parts.joined(separator: new)
    }

    /// `strings.SplitN`; a negative limit splits everywhere.
    static func pieces(_ text: String, _ separator: String, limit: Int = -1) -> [String] {
        if limit == 0 { return [] }
        if separator.isEmpty {
            let scalars = text.unicodeScalars.map { String($0) }
            guard limit > 0, scalars.count > limit else { return scalars }
            return Array(scalars[..<(limit - 1)]) + [scalars[(limit - 1)...].joined()]
        }
        let bytes = Array(text.utf8)
        let mark = Array(separator.utf8)
        var parts: [String] = []
        var start = 0
        while limit < 0 || parts.count < limit - 1, let place = find(mark, in: bytes, from: start) {
            parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + mark.count
        }
        return parts + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private static func parts(_ pieces: [String]) -> GoMap {
        GoMap(pieces.enumerated().map { ("_\($0.offset)", .string($0.element)) }, .string)
    }

    /// Any value as a list of texts; members that are nil are left out.
    static func texts(_ value: GoValue) -> [String] {
        switch value.content {
        case .missing, .null: []
        case .list(let list): list.items.filter { !$0.isNil }.map { GoPrint.text($0) }
        default: [GoPrint.text(value)]
        }
    }
}
