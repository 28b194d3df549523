import Documents
import GoLibrary
import GoTemplate

/// Reads `--set` and its relatives into values (Helm's `strvals`).
struct SetParser {
    /// What stands behind the `=`.
    enum Mode {
        case typed, string, json, literal
        /// The value is the path of a file that is read.
        case file((String) throws -> String)
    }

    private enum Stop: Error { case end }

    private static let largestIndex = 65_536
    private static let deepestName = 30

    private let text: [Unicode.Scalar]
    private let mode: Mode
    private let trace: Trace?
    private var index = 0

    /// Adds the values of a text to a map.
    static func parse(_ text: String, into map: GoMap, _ mode: Mode, file: Int32?) throws {
        try parse(text, into: map, mode, place: file.map { TextPlace(file: $0, offset: 0) })
    }

    /// The same for values that stand at a place.
    static func parse(_ text: String, into map: GoMap, _ mode: Mode, place: TextPlace?) throws {
        var parser = SetParser(text, mode, place.map { Trace(value: $0) })
        do {
            while true { try parser.key(map, level: 0) }
        } catch Stop.end {
            return
        }
    }

    private init(_ text: String, _ mode: Mode, _ trace: Trace?) {
        (self.text, self.mode, self.trace) = (Array(text.unicodeScalars), mode, trace)
    }

    private var isLiteral: Bool { if case .literal = mode { true } else { false } }
    private var isJSON: Bool { if case .json = mode { true } else { false } }

    private func problem(_ message: String) -> HelmProblem { HelmProblem(message) }

    /// Text up to a stop, which is taken too; nil as stop at the end of the text.
    private mutating func until(_ stops: Set<Unicode.Scalar>) -> (text: String, stop: Unicode.Scalar?) {
        var part = String.UnicodeScalarView()
        while index < text.count {
            let scalar = text[index]
            index += 1
            if stops.contains(scalar) { return (String(part), scalar) }
            if scalar == "\\", !isLiteral {
                guard index < text.count else { return (String(part), nil) }
                part.append(text[index])
                index += 1
            } else {
                part.append(scalar)
            }
        }
        return (String(part), nil)
    }

    // MARK: Keys

    private mutating func key(_ map: GoMap, level: Int) throws {
        let (name, stop) = until(isLiteral ? ["=", "[", "."] : ["=", "[", ",", "."])
        guard let stop else {
            if name.isEmpty { throw Stop.end }
            throw problem("key \(GoText.quoted(name)) has no value")
        }
        switch stop {
        case "[":
            let place = try keyIndex()
            var list: [GoValue] = []
            if let known = map[name] {
                guard let items = known.items else { throw conversion(known, "[]interface {}") }
                list = items
            }
            defer { if !name.isEmpty { map[name] = GoValue(.list(GoList(list)), trace: trace) } }
            try item(&list, place, level)
        case "=":
            let isEnd = try assign { if !name.isEmpty { map[name] = $0 } }
            if isEnd { throw Stop.end }
        case ",":
            set(map, name, .string(""))
            throw problem("key \(GoText.quoted(name)) has no value (cannot end with ,)")
        default:
            if level + 1 > Self.deepestName {
                throw problem(
                    "value name nested level is greater than maximum supported nested level of \(Self.deepestName)")
            }
            var inner = GoMap()
            if let known = map[name] {
                guard let knownMap = known.asMap else { throw conversion(known, "map[string]interface {}") }
                inner = knownMap
            }
            do {
                try key(inner, level: level + 1)
            } catch {
                if inner.count > 0 { set(map, name, .map(inner)) }
                throw error
            }
            if inner.count == 0 { throw problem("key map \(GoText.quoted(name)) has no value") }
            set(map, name, .map(inner))
        }
    }

    private func conversion(_ value: GoValue, _ type: String) -> HelmProblem {
        let actual = value.isNil ? "nil" : value.typeName(dynamic: true)
        return problem("unable to parse key: interface conversion: interface {} is \(actual), not \(type)")
    }

    private func set(_ map: GoMap, _ name: String, _ value: GoValue) {
        if !name.isEmpty { map[name] = GoValue(value.content, trace: trace) }
    }

    private mutating func keyIndex() throws -> Int {
        let (digits, stop) = until(["]"])
        // The end of the text ends everything, here too.
        if stop == nil { throw Stop.end }
        guard let number = Cast.parse(digits, radix: 10) else {
            throw problem("error parsing index: strconv.Atoi: parsing \(GoText.quoted(digits)): invalid syntax")
        }
        return Int(number)
    }

    // MARK: Lists

    private mutating func item(_ list: inout [GoValue], _ place: Int, _ level: Int) throws {
        if place < 0 { throw problem("negative \(place) index not allowed") }
        let (rest, stop) = until(["[", ".", "="])
        if !rest.isEmpty { throw problem("unexpected data at end of array index: \(GoText.quoted(rest))") }
        switch stop {
        case nil: throw Stop.end
        case "=":
            var value = GoValue.string("")
            _ = try assign { value = $0 }
            try store(value, at: place, in: &list)
        case "[":
            let next = try keyIndex()
            var inner: [GoValue] = []
            if place < list.count, !list[place].isNil {
                guard let items = list[place].items else { throw conversion(list[place], "[]interface {}") }
                inner = items
            }
            try item(&inner, next, level)
            try store(.list(inner), at: place, in: &list)
        default:
            let inner = place < list.count ? list[place].asMap ?? GoMap() : GoMap()
            if place < list.count { list[place] = .map(inner) }
            try key(inner, level: level)
            try store(.map(inner), at: place, in: &list)
        }
    }

    private func store(_ value: GoValue, at place: Int, in list: inout [GoValue]) throws {
        if place > Self.largestIndex {
            throw problem("index of \(place) is greater than maximum supported index of \(Self.largestIndex)")
        }
        while list.count <= place { list.append(.null) }
        list[place] = GoValue(value.content, trace: trace)
    }

    // MARK: Values

    /// Reads the value behind `=` and hands it over. True when the text ends before a value.
    private mutating func assign(_ take: (GoValue) -> Void) throws -> Bool {
        if isLiteral {
            let rest = String(String.UnicodeScalarView(text[index...]))
            index = text.count
            take(GoValue(.string(rest), trace: trace))
            return false
        }
        if isJSON {
            try assignJSON(take)
            return false
        }
        guard index < text.count else {
            take(GoValue(.string(""), trace: trace))
            return true
        }
        if text[index] == "{" {
            index += 1
            take(GoValue(.list(GoList(try braced())), trace: trace))
        } else {
            take(try typed(until([","]).text))
        }
        return false
    }

    private mutating func braced() throws -> [GoValue] {
        var items: [GoValue] = []
        while true {
            let (value, stop) = until([",", "}"])
            guard let stop else { throw problem("list must terminate with '}'") }
            items.append(try typed(value))
            if stop == "}" {
                if index < text.count, text[index] == "," { index += 1 }
                return items
            }
        }
    }

    private func typed(_ text: String) throws -> GoValue {
        switch mode {
        case .file(let read): return GoValue(.string(try read(text)), trace: trace)
        case .typed: return GoValue(Self.content(text), trace: trace)
        default: return GoValue(.string(text), trace: trace)
        }
    }

    private static func content(_ text: String) -> GoValue.Content {
        switch text.lowercased() {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "0": return .integer(0, .int64)
        default:
            if !text.hasPrefix("0"), let number = Cast.parse(text, radix: 10) { return .integer(number, .int64) }
            return .string(text)
        }
    }

    private mutating func assignJSON(_ take: (GoValue) -> Void) throws {
        if skipEmpty() { return take(GoValue(.null, trace: trace)) }
        let rest = Array(String(String.UnicodeScalarView(text[index...])).utf8)
        guard let (value, length) = JSONPrefix.value(rest) else { throw problem("invalid JSON") }
        take(GoValue(value.content, trace: trace))
        index += String(decoding: rest[..<length], as: UTF8.self).unicodeScalars.count
        _ = skipEmpty()
    }

    /// Skips blanks and a comma; whether no value stands here.
    private mutating func skipEmpty() -> Bool {
        while index < text.count {
            let scalar = text[index]
            if scalar == "," {
                index += 1
                return true
            }
            if !scalar.properties.isWhitespace { return false }
            index += 1
        }
        return true
    }
}

/// The JSON value at the start of a text.
enum JSONPrefix {
    static func value(_ bytes: [UInt8]) -> (value: GoValue, length: Int)? {
        guard let length = length(bytes) else { return nil }
        let arena = Arena.make()
        defer { arena.destroy() }
        return bytes[..<length].withUnsafeBufferPointer { part in
            (try? JSONReader.value(part, in: arena)).map { (GoValue($0), length) }
        }
    }

    /// Where the value ends: behind its closing bracket or quote, or before what cannot belong to a word.
    private static func length(_ bytes: [UInt8]) -> Int? {
        var depth = 0
        var index = 0
        var isText = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isText {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isText = false }
                if !isText, depth == 0 { return index }
            } else if byte == UInt8(ascii: "\"") {
                isText = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 { return index }
                if depth < 0 { return nil }
            } else if depth == 0, byte == UInt8(ascii: ",") || byte <= 0x20 {
                return index - 1
            }
        }
        return depth == 0 && !isText ? index : nil
    }
}
