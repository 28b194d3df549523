import GoLibrary
import GoTemplate
import Text

/// Functions on regular expressions (sprig's `regex.go`): RE2, so that no pattern takes more than linear time.
enum RegexFunctions {
    static let all: [TemplateFunction] =
        pair("regexMatch", [.string, .string]) { .bool(try $1.matches($0[1].asBytes ?? [])) }
        .map { $0.name == "regexMatch" ? quietMatch : $0 }
        + pair("regexFindAll", [.string, .string, .int]) { call, regex in
            let text = call[1].asBytes ?? []
            let found = regex.findAll(in: text, limit: call.int(2))
            return found.isEmpty ? .nilList(of: .string) : .list(found.map { .text(text[$0[0]..<$0[1]]) }, of: .string)
        }
        + pair("regexFind", [.string, .string]) { call, regex in
            let text = call[1].asBytes ?? []
            guard let match = regex.findAll(in: text, limit: 1).first else { return .string("") }
            return .text(text[match[0]..<match[1]])
        }
        + pair("regexReplaceAll", [.string, .string, .string]) { call, regex in
            let template = call[2].asBytes ?? []
            return try replaced(call, regex) { expanded(template, $0, $1, regex) }
        }
        + pair("regexReplaceAllLiteral", [.string, .string, .string]) { call, regex in
            let text = call[2].asBytes ?? []
            return try replaced(call, regex) { _, _ in text }
        }
        + pair("regexSplit", [.string, .string, .int]) { split($0[1].asBytes ?? [], $1, $0.text(0), limit: $0.int(2)) }
        + [function("regexQuoteMeta", [.string]) { .string(quoted($0.text(0))) }]

    /// A bad pattern matches nothing.
    private static let quietMatch = function("regexMatch", [.string, .string]) { call in
        .bool((try? regex(call.text(0), call.run))?.matches(call[1].asBytes ?? []) ?? false)
    }

    private static func pair(
        _ name: String, _ parameters: [TemplateFunction.Parameter],
        _ body: @escaping @Sendable (borrowing FunctionCall, GoRegex) throws -> GoValue
    ) -> [TemplateFunction] {
        let plain = function(name, parameters) { call in try body(call, try regex(call.text(0), call.run)) }
        return [plain, plain.named("must" + name.prefix(1).uppercased() + name.dropFirst())]
    }

    private static func regex(_ pattern: String, _ run: TemplateRun) throws -> GoRegex {
        guard let state = run.owner as? RenderState else { return try compiled(pattern) }
        let key = ExactText(pattern)
        if let known = state.regexes[key] { return known }
        let regex = try compiled(pattern)
        if state.regexes.count >= 256 { state.regexes.removeAll() }
        state.regexes[key] = regex
        return regex
    }

    private static func compiled(_ pattern: String) throws -> GoRegex {
        do throws(GoRegex.Problem) {
            return try GoRegex(pattern)
        } catch {
            throw FunctionFailure(error.message)
        }
    }

    private static func replaced(
        _ call: borrowing FunctionCall, _ regex: GoRegex, _ replacement: ([UInt8], [Int]) -> [UInt8]
    ) throws -> GoValue {
        let text = call[1].asBytes ?? []
        var output: [UInt8] = []
        var position = 0
        for match in regex.findAll(in: text) {
            output += text[position..<match[0]]
            output += replacement(text, match)
            position = match[1]
            if output.count > 64 << 20 { throw FunctionFailure("the text is over the memory limit of 64 MB") }
        }
        return .text(output + text[position...])
    }

    /// The replacement with `$1`, `${1}` and `${name}` filled in.
    private static func expanded(_ template: [UInt8], _ text: [UInt8], _ match: [Int], _ regex: GoRegex) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < template.count {
            guard template[index] == UInt8(ascii: "$") else {
                output.append(template[index])
                index += 1
                continue
            }
            if index + 1 < template.count, template[index + 1] == UInt8(ascii: "$") {
                output.append(UInt8(ascii: "$"))
                index += 2
                continue
            }
            guard let (name, end) = reference(template, index + 1) else {
                output.append(UInt8(ascii: "$"))
                index += 1
                continue
            }
            let isNumber = name.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            let group = isNumber ? Int(name) : regex.group(named: name)
            if let group, 2 * group + 1 < match.count, match[2 * group] >= 0 {
                output += text[match[2 * group]..<match[2 * group + 1]]
            }
            index = end
        }
        return output
    }

    /// The name behind a `$`, and where it ends.
    private static func reference(_ template: [UInt8], _ start: Int) -> (name: String, end: Int)? {
        func isWord(_ byte: UInt8) -> Bool { byte == 0x5F || byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 < 26 }
        let isBraced = start < template.count && template[start] == UInt8(ascii: "{")
        let first = isBraced ? start + 1 : start
        var end = first
        while end < template.count, isWord(template[end]) { end += 1 }
        if end == first || isBraced && (end >= template.count || template[end] != UInt8(ascii: "}")) { return nil }
        return (String(decoding: template[first..<end], as: UTF8.self), isBraced ? end + 1 : end)
    }

    private static func split(_ text: [UInt8], _ regex: GoRegex, _ pattern: String, limit: Int) -> GoValue {
        if limit == 0 { return .nilList(of: .string) }
        if text.isEmpty, !pattern.isEmpty { return .list([.string("")], of: .string) }
        var parts: [GoValue] = []
        var begin = 0
        var end = 0
        for match in regex.findAll(in: text, limit: limit) {
            if limit > 0, parts.count == limit - 1 { break }
            end = match[0]
            if match[1] != 0 { parts.append(.text(text[begin..<end])) }
            begin = match[1]
        }
        if end != text.count { parts.append(.text(text[begin...])) }
        return .list(parts, of: .string)
    }

    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.map { #"\.+*?()|[]{}^$"#.unicodeScalars.contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
