import Documents
import GoLibrary

extension Builtins {
    /// Regular expressions in RE2's syntax (OPA policy reference, "Regex").
    static let regex: [Builtin] = [
        Builtin(
            "regex.match", help: "(pattern, text) Whether the pattern (RE2) fits somewhere in the text.", .string, .string,
            returns: .boolean
        ) { $0.matchRegex() },
        Builtin(
            "re_match", help: "(pattern, text) Whether the pattern fits the text; use regex.match.", .string, .string,
            returns: .boolean, deprecated: true
        ) { $0.matchRegex() },
        Builtin("regex.is_valid", help: "(pattern) Whether the text is a regular expression.", .string, returns: .boolean) {
            call in
            guard call[0].kind == .string else { return .false }
            return .bool(call.context.regexes[call[0]].problem == nil)
        },
        Builtin(
            "regex.find_n", help: "(pattern, text, count) The matches, at most count; -1 for all.", .string, .string, .number,
            returns: .array(of: .string)
        ) { call in
            guard let text = call.findOperand(), let limit = call.integer(2), let pattern = call.pattern(0) else {
                return .undefined
            }
            return call.collectMatches(pattern, text, limit, groups: 0) { match, _ in
                UTF8Bytes.slice(text, match[0]..<match[1])
            }
        },
        Builtin(
            "regex.find_all_string_submatch_n",
            help: "(pattern, text, count) The matches with their groups, at most count; -1 for all.", .string, .string, .number,
            returns: .array(of: .array(of: .string))
        ) { call in
            guard let text = call.findOperand(), let limit = call.integer(2), let pattern = call.pattern(0) else {
                return .undefined
            }
            return call.collectMatches(pattern, text, limit, groups: pattern.groupCount) { match, arena in
                arena.array(
                    stride(from: 0, to: match.count, by: 2).map { group in
                        match[group] < 0 ? UTF8Bytes.empty : UTF8Bytes.slice(text, match[group]..<match[group + 1])
                    })
            }
        },
        Builtin(
            "regex.split", help: "(pattern, text) The parts of the text between matches.", .string, .string,
            returns: .array(of: .string)
        ) { $0.splitRegex() },
        Builtin(
            "regex.replace",
            help: "(text, pattern, replacement) The text with every match replaced; $1 stands for the first group.", .string,
            .string, .string, returns: .string
        ) { $0.replaceRegex() },
        Builtin(
            "regex.template_match",
            help: "(template, text, start, end) Whether the text fits a template whose patterns stand between delimiters.",
            .string, .string, .string, .string, returns: .boolean
        ) { $0.matchTemplate() },
        Builtin(
            "regex.globs_match", help: "(first, second) Whether some text fits both patterns.", .string, .string,
            returns: .boolean, work: .scanning
        ) { call in
            guard let left = call.text(0), let right = call.text(1) else { return .undefined }
            do throws(GlobIntersection.Problem) {
                return .bool(try GlobIntersection.isNonEmpty(left, right))
            } catch {
                return call.fail(error.message)
            }
        },
    ]
}

extension BuiltinCall {
    /// The text that a pattern is looked for in. Each byte that is part of no character counts as U+FFFD, as in Go; RE2
    /// would find nothing there.
    private mutating func searched(_ index: Int) -> Value? {
        guard let text = stringOperand(index) else { return nil }
        return text.hasWellFormedText ? text : arena.string(text.repairedText)
    }

    fileprivate mutating func matchRegex() -> Value {
        guard stringOperand(0) != nil, let text = searched(1), let pattern = pattern(0) else { return .undefined }
        return mayRun(pattern, text.utf8) ? .bool(pattern.matches(text.utf8)) : stopped()
    }

    /// Whether there is time enough for a search, which nothing stops once it runs.
    private func mayRun(_ pattern: RegexPattern, _ text: UTF8Bytes.Bytes) -> Bool {
        context.hasTime(for: pattern.longestTime(text.count))
    }

    /// The bytes of the second operand once the first is known to be a string.
    fileprivate mutating func findOperand() -> UTF8Bytes.Bytes? {
        stringOperand(0) == nil ? nil : searched(1)?.utf8
    }

    fileprivate mutating func collectMatches(
        _ pattern: RegexPattern, _ text: UTF8Bytes.Bytes, _ limit: Int64, groups: Int,
        make: ([Int], Arena) -> Value
    ) -> Value {
        guard mayRun(pattern, text) else { return stopped() }
        var found: [Value] = []
        let (context, arena) = (context, arena)
        var hasRoom = true
        pattern.findAll(in: text, limit: Int(limit), groups: groups, now: ThreadClock.now) { match in
            found.append(make(match, arena))
            hasRoom = context.hasRoom(for: found.count * 32)
            return hasRoom
        }
        if !hasRoom { return exceedsMemory() }
        return array(found)
    }

    fileprivate mutating func splitRegex() -> Value {
        guard stringOperand(0) != nil, let text = searched(1), let pattern = pattern(0) else { return .undefined }
        let bytes = text.utf8
        if bytes.isEmpty { return array(pattern.isEmpty ? [] : [text]) }
        guard mayRun(pattern, bytes) else { return stopped() }
        let context = context
        var hasRoom = true
        var parts: [Value] = []
        var (begin, end) = (0, 0)
        pattern.findAll(in: bytes, limit: -1, groups: 0, now: ThreadClock.now) { match in
            end = match[0]
            if match[1] != 0 { parts.append(UTF8Bytes.slice(bytes, begin..<end)) }
            begin = match[1]
            hasRoom = context.hasRoom(for: parts.count * 32)
            return hasRoom
        }
        if !hasRoom { return exceedsMemory() }
        if end != bytes.count { parts.append(UTF8Bytes.slice(bytes, begin..<bytes.count)) }
        return array(parts)
    }

    fileprivate mutating func replaceRegex() -> Value {
        guard let text = searched(0), stringOperand(1) != nil, let template = stringOperand(2),
            let pattern = pattern(1)
        else { return .undefined }
        let bytes = text.utf8
        guard mayRun(pattern, bytes) else { return stopped() }
        var result = TextBuilder(context, capacity: bytes.count + 32)
        var begin = 0
        let groups = template.utf8.contains(UInt8(ascii: "$")) ? pattern.groupCount : 0
        pattern.findAll(in: bytes, limit: -1, groups: groups, now: ThreadClock.now) { match in
            result.append(UnsafeBufferPointer(rebasing: bytes[begin..<match[0]]))
            RegexTemplate.expand(template.utf8, match, bytes, pattern, into: &result)
            begin = match[1]
            return !result.isOverLimit
        }
        if begin == 0, result.count == 0 { return text }
        result.append(UnsafeBufferPointer(rebasing: bytes[begin...]))
        return finish(result)
    }

    /// Text between the delimiters is a pattern, the rest is literal.
    fileprivate mutating func matchTemplate() -> Value {
        guard let template = stringOperand(0), let text = searched(1), let start = stringOperand(2),
            let end = stringOperand(3)
        else { return .undefined }
        guard start.count == 1 else {
            return fail("start delimiter has to be exactly one character long but is \(start.count) long")
        }
        guard end.count == 1 else {
            return fail("end delimiter has to be exactly one character long but is \(start.count) long")
        }
        guard let parts = RegexTemplate.parts(template.utf8, from: start.utf8[0], to: end.utf8[0]) else {
            return fail("unbalanced braces in \(quoted(template))")
        }
        var whole = [UInt8(ascii: "^")]
        for part in parts {
            guard part.isPattern else {
                whole += RegexTemplate.literal(part.bytes)
                continue
            }
            let alone = [UInt8(ascii: "^")] + part.bytes + [UInt8(ascii: "$")]
            guard pattern(of: arena.string(alone)) != nil else { return .undefined }
            whole += [UInt8(ascii: "(")] + part.bytes + [UInt8(ascii: ")")]
        }
        whole.append(UInt8(ascii: "$"))
        guard let pattern = pattern(of: arena.string(whole)) else { return .undefined }
        return mayRun(pattern, text.utf8) ? .bool(pattern.matches(text.utf8)) : stopped()
    }
}
