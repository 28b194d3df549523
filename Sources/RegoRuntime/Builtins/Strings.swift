import Documents
import GoLibrary

extension Builtins {
    /// String functions (OPA policy reference, "Strings"). Positions and lengths count code points.
    static let strings: [Builtin] = [
        Builtin(
            "contains", help: "(text, search) Whether the text holds the other one anywhere.", .string, .string, returns: .boolean
        ) { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            return .bool(UTF8Bytes.find(part.utf8, in: text.utf8) >= 0)
        },
        Builtin(
            "startswith", help: "(text, search) Whether the text starts with the other one.", .string, .string, returns: .boolean
        ) { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            return .bool(UTF8Bytes.hasPrefix(text.utf8, part.utf8))
        },
        Builtin("endswith", help: "(text, search) Whether the text ends with the other one.", .string, .string, returns: .boolean)
        { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            return .bool(UTF8Bytes.hasSuffix(text.utf8, part.utf8))
        },
        Builtin(
            "strings.any_prefix_match", help: "(texts, prefixes) Whether any of the texts starts with any of the prefixes.",
            affixType, affixType, returns: .boolean
        ) {
            $0.anyMatch(UTF8Bytes.hasPrefix)
        },
        Builtin(
            "strings.any_suffix_match", help: "(texts, suffixes) Whether any of the texts ends with any of the suffixes.",
            affixType, affixType, returns: .boolean
        ) {
            $0.anyMatch(UTF8Bytes.hasSuffix)
        },
        Builtin(
            "indexof", help: "(text, search) The place of the first occurrence, from 0; -1 when there is none.", .string, .string,
            returns: .number
        ) { call in
            guard let (text, part) = call.searchOperands() else { return .undefined }
            let place = UTF8Bytes.find(part, in: text)
            return .int(place < 0 ? -1 : UTF8Bytes.count(UnsafeBufferPointer(rebasing: text[..<place])))
        },
        Builtin(
            "indexof_n", help: "(text, search) The places of all occurrences, from 0.", .string, .string,
            returns: .array(of: .number)
        ) { call in
            guard let (text, part) = call.searchOperands() else { return .undefined }
            var places: [Value] = []
            var (start, index) = (0, 0)
            while case let place = UTF8Bytes.find(part, in: text, from: start), place >= 0 {
                index += UTF8Bytes.count(UnsafeBufferPointer(rebasing: text[start..<place]))
                places.append(.int(index))
                guard call.context.spend(2 &+ part.count >> 4) else { return call.stopped() }
                guard call.context.hasRoom(for: places.count * 32) else { return call.exceedsMemory() }
                start = place + UTF8Bytes.width(text, at: place)
                index += 1
            }
            return call.array(places)
        },
        Builtin(
            "strings.count", help: "(text, search) How often the text holds the other one.", .string, .string, returns: .number
        ) { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            if part.count == 0 { return .int(UTF8Bytes.count(text.utf8) + 1) }
            var (count, start) = (0, 0)
            while case let place = UTF8Bytes.find(part.utf8, in: text.utf8, from: start), place >= 0 {
                count += 1
                guard call.context.spend(1) else { return call.stopped() }
                start = place + part.count
            }
            return .int(count)
        },
        Builtin(
            "substring", help: "(text, start, length) A part of the text; a negative length means up to the end.", .string,
            .number, .number, returns: .string
        ) { $0.substring() },
        Builtin("strings.reverse", help: "(text) The text from its end to its start.", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            guard call.context.hasRoom(for: text.count) else { return call.exceedsMemory() }
            let target = call.arena.allocateText(text.count)
            let bytes = text.utf8
            var index = 0
            while index < bytes.count {
                let width = UTF8Bytes.width(bytes, at: index)
                for offset in 0..<width { target[bytes.count - index - width + offset] = bytes[index + offset] }
                index += width
            }
            return .string(target, count: bytes.count)
        },
        Builtin("lower", help: "(text) The text in lower case.", .string, returns: .string) { $0.mapCase(CaseMapping.lower) },
        Builtin("upper", help: "(text) The text in upper case.", .string, returns: .string) { $0.mapCase(CaseMapping.upper) },
    ]

    private static let affixType = RegoType.union([.string, .array(of: .string), .set(of: .string)])
}

extension BuiltinCall {
    /// The text and the non-empty text searched in it.
    fileprivate mutating func searchOperands() -> (text: UTF8Bytes.Bytes, part: UTF8Bytes.Bytes)? {
        guard let text = stringOperand(0), let part = stringOperand(1) else { return nil }
        if part.count > 0 { return (text.utf8, part.utf8) }
        _ = fail("empty search character")
        return nil
    }

    /// Whether any string of the first operand matches any string of the second.
    fileprivate mutating func anyMatch(_ matches: (UTF8Bytes.Bytes, UTF8Bytes.Bytes) -> Bool) -> Value {
        for index in 0..<2 where operands[index].kind != .string {
            guard let list = listOperand(index, expected: "string, set, array") else { return .undefined }
            for element in list.elements where element.kind != .string {
                return elementError(index, holds: element, wants: "string")
            }
        }
        let one = { (value: Value) in value.kind == .string ? [value] : Array(value.elements) }
        let affixes = one(operands[1])
        let longest = affixes.reduce(0) { max($0, $1.count) }
        for text in one(operands[0]) {
            // A comparison ends where the texts differ, which may be at the last byte.
            let length = min(text.count, longest)
            guard context.spend(1 &+ affixes.count &* (1 &+ length >> 9)) else { return stopped() }
            if affixes.contains(where: { matches(text.utf8, $0.utf8) }) { return .true }
        }
        return .false
    }

    fileprivate mutating func substring() -> Value {
        guard let text = stringOperand(0), let start = integer(1), let length = integer(2) else { return .undefined }
        if start < 0 { return fail("negative offset") }
        let bytes = text.utf8
        let from = UTF8Bytes.offset(of: Int(start), in: bytes)
        let to = length < 0 ? bytes.count : UTF8Bytes.offset(of: Int(length), in: bytes, from: from)
        return from == 0 && to == bytes.count ? text : UTF8Bytes.slice(bytes, from..<to)
    }

    fileprivate mutating func mapCase(_ map: CaseMapping) -> Value {
        guard let text = stringOperand(0) else { return .undefined }
        let bytes = text.utf8
        guard bytes.contains(where: { $0 >= 0x80 || map.changes($0) }) else { return text }
        guard context.hasRoom(for: bytes.count) else { return exceedsMemory() }
        if UTF8Bytes.isASCII(bytes) {
            let target = arena.allocateText(bytes.count)
            for index in bytes.indices { target[index] = map.changes(bytes[index]) ? bytes[index] ^ 0x20 : bytes[index] }
            return .string(target, count: bytes.count)
        }
        var result = TextBuilder(context, capacity: bytes.count)
        var index = 0
        while index < bytes.count, !result.isOverLimit {
            // The standard library looks each character up in tables.
            let end = min(bytes.count, index + 1024)
            guard context.spend((end - index) * 4) else { return stopped() }
            while index < end { result.append(map.map(UTF8Bytes.scalar(bytes, at: &index))) }
        }
        return finish(result)
    }
}

/// Case mapping that gives one code point for one, as Go's `unicode` package does.
enum CaseMapping {
    case lower, upper

    /// Whether an ASCII byte has another case.
    func changes(_ byte: UInt8) -> Bool {
        self == .lower ? byte &- 0x41 < 26 : byte &- 0x61 < 26
    }

    func map(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let properties = scalar.properties
        switch self {
        case .lower: return properties.lowercaseMapping.unicodeScalars.first ?? scalar
        case .upper:
            let upper = properties.uppercaseMapping.unicodeScalars
            if upper.count == 1, let only = upper.first { return only }
            let title = properties.titlecaseMapping.unicodeScalars
            return title.count == 1 ? title.first ?? scalar : scalar
        }
    }
}
