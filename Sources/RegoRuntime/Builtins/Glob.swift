import Documents
import GoLibrary
import Text

extension Builtins {
    /// Glob patterns (OPA policy reference, "Glob").
    static let glob: [Builtin] = [
        Builtin(
            "glob.match",
            help: "(pattern, delimiters, text) Whether the text fits the pattern; * stays between delimiters, ** does not.",
            .string, .union([.null, .array(of: .string)]), .string, returns: .boolean
        ) {
            $0.matchGlob()
        },
        Builtin("glob.quote_meta", help: "(pattern) The text as a pattern that fits only itself.", .string, returns: .string) {
            call in
            guard let text = call.stringOperand(0) else { return .undefined }
            var result = TextBuilder(call.context, capacity: text.count + 8)
            for byte in text.utf8 {
                if "*?\\[]{}".utf8.contains(byte) { result.append(UInt8(ascii: "\\")) }
                result.append(byte)
            }
            return call.finish(result)
        },
    ]
}

extension BuiltinCall {
    fileprivate mutating func matchGlob() -> Value {
        guard let source = stringOperand(0), let delimiters = globDelimiters(), let text = stringOperand(2) else {
            return .undefined
        }
        do throws(GlobPattern.Problem) {
            let pattern = try context.globs.pattern(source, delimiters)
            guard let isMatch = pattern.matches(text.utf8) else { return stopped() }
            return .bool(isMatch)
        } catch {
            return fail(error.message)
        }
    }

    /// The characters that `*` and `?` stop at: a full stop unless the list has others, none for `null`.
    private mutating func globDelimiters() -> [Unicode.Scalar]? {
        let list = operands[1]
        if list.kind == .null { return [] }
        guard list.kind == .array else {
            _ = typeError(1, wantsOneOf: "array, null")
            return nil
        }
        var delimiters: [Unicode.Scalar] = []
        for element in list.elements {
            guard element.kind == .string else {
                _ = elementError(1, holds: element, wants: "string")
                return nil
            }
            guard UTF8Bytes.count(element.utf8) == 1 else {
                _ = elementError(1, holds: element, wants: "rune")
                return nil
            }
            var index = 0
            delimiters.append(UTF8Bytes.scalar(element.utf8, at: &index))
        }
        return delimiters.isEmpty ? ["."] : delimiters
    }
}

/// The compiled globs of one evaluation context, in a fixed number of places, two for each hash.
final class GlobCache {
    private static let places = 128
    private var patterns = [GlobPattern?](repeating: nil, count: places)

    func pattern(_ source: Value, _ delimiters: [Unicode.Scalar]) throws(GlobPattern.Problem) -> GlobPattern {
        let mark = delimiters.first?.value ?? 0
        let place = Int((source.hash32 ^ mark) % UInt32(Self.places)) & ~1
        for candidate in place...(place | 1) {
            guard let known = patterns[candidate], known.delimiters == delimiters else { continue }
            if known.source.elementsEqual(source.utf8) { return known }
        }
        guard WorkMeter.charge(source.count &* 16) else { throw GlobPattern.Problem(message: "the budget is spent") }
        let pattern = try GlobPattern(source.utf8, delimiters: delimiters)
        patterns[place | 1] = patterns[place]
        patterns[place] = pattern
        return pattern
    }
}
