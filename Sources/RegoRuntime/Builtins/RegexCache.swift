import Documents
import GoLibrary
import Text

/// The compiled patterns of one evaluation context: a fixed number of places chosen by the text's hash, so that it is
/// bounded however many patterns an evaluation makes up. Each pattern may stand in one of two places.
final class RegexCache {
    private static let places = 128
    /// What stands for a pattern that an evaluation has no budget left for.
    private static let empty = RegexPattern(UTF8Bytes.Bytes(start: nil, count: 0))
    private var patterns = [RegexPattern?](repeating: nil, count: places)

    subscript(text: Value) -> RegexPattern {
        let place = Int(text.hash32 % UInt32(Self.places)) & ~1
        let bytes = text.utf8
        if let known = patterns[place], known.isCompiled(from: bytes) { return known }
        if let known = patterns[place + 1], known.isCompiled(from: bytes) { return known }
        // The library parses a pattern in one go.
        guard WorkMeter.charge(bytes.count &* 64) else { return Self.empty }
        let pattern = RegexPattern.shared(bytes)
        // What it costs does not depend on who was first.
        pattern.chargeCompilation()
        patterns[place + 1] = patterns[place]
        patterns[place] = pattern
        return pattern
    }
}

extension BuiltinCall {
    /// The compiled pattern of a string operand, or nil after recording why there is none.
    mutating func pattern(_ index: Int) -> RegexPattern? {
        guard let text = stringOperand(index) else { return nil }
        return pattern(of: text)
    }

    /// The compiled pattern, or nil after recording why there is none.
    mutating func pattern(of text: Value) -> RegexPattern? {
        let pattern = context.regexes[text]
        guard let problem = pattern.problem else { return pattern }
        _ = fail("error parsing regexp: \(problem)")
        return nil
    }
}
