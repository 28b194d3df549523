package import Diagnostics

extension Exceptions {
    /// How an exception is written.
    package enum Form: String, Sendable, CustomStringConvertible {
        case comment, annotation, entry

        package var description: String { rawValue }
    }
}

/// An exception of which all or a part accepts nothing, because there is no such violation.
package struct UnusedException: Sendable {
    package var form: Exceptions.Form
    /// The number of the part of an annotation that says several things.
    package var part = 0
    /// The comment, the key of the annotation, or the entry.
    package var range: SourceRange
    /// The policies it names, as they are written; those of an entry by id.
    package var names: [String]
    package var unused: Set<String>
    /// Whether it stands in the policy floor.
    package var isOfFloor = false

    /// Whether no policy is left for which it is needed.
    package var isWhole: Bool { names.allSatisfy(unused.contains) }

    /// The text of a comment or annotation without the policies that nothing needs; nil when they cannot be told apart in it.
    /// - Parameter text: what follows the mark of a comment, or all of an annotation's value.
    /// - Returns: an empty text when nothing is left.
    package func removed(from text: String) -> String? {
        guard form == .annotation else { return isWhole ? "" : ExceptionText.text(text, without: unused) }
        let parts = Exceptions.parts(of: text)
        guard parts.indices.contains(part) else { return nil }
        var own = parts[part]
        if !isWhole {
            return ExceptionText.text(String(text[own]), without: unused).map { text.replacingCharacters(in: own, with: $0) }
        }
        if parts.count == 1 { return "" }
        // With the separator before it, or of the first part with the one behind.
        if part > 0 {
            own = parts[part - 1].upperBound..<own.upperBound
        } else {
            own = own.lowerBound..<(text[parts[1].lowerBound...].firstIndex { $0 != " " } ?? parts[1].lowerBound)
        }
        return text.replacingCharacters(in: own, with: "")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }
}

extension ExceptionText {
    /// The names of policies in a text, each with its place; nil when one is in quotes.
    private static func names(in text: String) -> [Range<String.Index>]? {
        var names: [Range<String.Index>] = [], quote: Character?, start = text.startIndex
        var isOption = false, isQuoted = false
        func end(at index: String.Index) -> Bool {
            if isOption { return true }
            if isQuoted { return false }
            names += text[start..<index].split(separator: ",").map { $0.startIndex..<$0.endIndex }
            return true
        }
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                (quote, isQuoted) = (character, true)
            } else if character == " " || character == "\t" {
                guard end(at: index) else { return nil }
                (start, isOption, isQuoted) = (text.index(after: index), false, false)
            } else if character == "=" {
                isOption = true
            }
        }
        return end(at: text.endIndex) ? names : nil
    }

    /// A text without some names and the commas around them; nil when a name is in quotes.
    static func text(_ text: String, without unused: Set<String>) -> String? {
        guard let names = names(in: text) else { return nil }
        let separators: Set<Character> = [",", " ", "\t"]
        var cuts: [Range<String.Index>] = []
        var run: [Range<String.Index>] = []
        func cut() {
            let firstKept = run.firstIndex { !unused.contains(String(text[$0])) }
            for (number, name) in run.enumerated() where unused.contains(String(text[name])) {
                if let firstKept, number > firstKept {
                    cuts.append(run[number - 1].upperBound..<name.upperBound)
                } else if number + 1 < run.count {
                    cuts.append(name.lowerBound..<run[number + 1].lowerBound)
                } else {
                    let rest = text[name.upperBound...]
                    cuts.append(name.lowerBound..<(rest.firstIndex { !separators.contains($0) } ?? rest.endIndex))
                }
            }
            run = []
        }
        for name in names {
            if let last = run.last, !text[last.upperBound..<name.lowerBound].allSatisfy(separators.contains) { cut() }
            run.append(name)
        }
        cut()
        var kept = "", end = text.startIndex
        for range in cuts {
            kept += text[end..<range.lowerBound]
            end = range.upperBound
        }
        return kept + text[end...]
    }
}
