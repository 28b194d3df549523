import Catalogue
import Documents

/// What a comment or an annotation accepts: `LT-POD-001,LT-POD-002 until=2027-01-31 owner=shop reason="agreed with security"`.
struct ExceptionText: Sendable {
    /// Policies by id, name or alias; `*` stands for any characters.
    var policies: [String] = []
    var until = ""
    var owner = ""
    var reason = ""
    var container: String?
    var field: FieldPattern?
    /// What is wrong with it: it accepts nothing then.
    var problem: String?

    init() {}

    /// Where the quotes that open before a place are closed; nil where they are not.
    static func closing(_ quote: Character, in text: Substring) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == quote { return index }
            let next = text.index(after: index)
            let isEscaped = quote == "\"" && text[index] == "\\" && next < text.endIndex && "\"\\".contains(text[next])
            index = isEscaped ? text.index(after: next) : next
        }
        return nil
    }

    init(parsing text: some StringProtocol) {
        for word in Self.words(text) {
            guard let equals = word.firstIndex(of: "=") else {
                policies += word.split(separator: ",").map(String.init)
                continue
            }
            set(String(word[..<equals]), String(word[word.index(after: equals)...]))
        }
        if problem == nil, policies.isEmpty { problem = "it names no policy" }
    }

    private mutating func set(_ key: String, _ value: String) {
        switch key {
        case "until", "expires":
            until = value
            if !CalendarDate.isValid(value) { problem = "\(key)=\(value) is no date such as 2027-01-31" }
        case "owner": owner = value
        case "reason": reason = value
        case "container": container = value
        case "field":
            field = FieldPattern(value)
            if field == nil { problem = "field=\(value) is no path" }
        default: problem = "\(key)= means nothing; there are until, owner, reason, container and field"
        }
    }

    /// Words between spaces; quotes keep several together and go away. Between double quotes, a backslash makes a quote or
    /// another backslash stand for itself.
    private static func words(_ text: some StringProtocol) -> [String] {
        var words: [String] = [], word = "", quote: Character?, isEmpty = true
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if let open = quote {
                if open == "\"", character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                    word.append(rest.removeFirst())
                } else if character == open {
                    quote = nil
                } else {
                    word.append(character)
                }
            } else if character == "\"" || character == "'" {
                quote = character
                isEmpty = false
            } else if character == " " || character == "\t" {
                if !isEmpty { words.append(word) }
                (word, isEmpty) = ("", true)
            } else {
                word.append(character)
                isEmpty = false
            }
        }
        if !isEmpty { words.append(word) }
        // `A, B` is one list.
        return words
    }
}
