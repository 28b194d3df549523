/// The part of Helm's template language that the chart uses: fields, `if`, `with`, `range`, `include` and a few functions.
struct ChartTemplate {
    struct Problem: Error { var message: String }

    private indirect enum Node {
        case text(String)
        case output(String)
        case block(word: String, condition: String, body: [Node], otherwise: [Node])
        case define(name: String, body: [Node])
    }

    private let nodes: [Node]
    private var defined: [String: [Node]] = [:]

    init(_ text: String, helpers: String = "") throws {
        var (tokens, position) = (Self.tokens(of: helpers + text), 0)
        nodes = try Self.parse(&tokens, &position)
        for case .define(let name, let body) in nodes { defined[name] = body }
    }

    /// The text for values such as `["Values": [...], "Release": [...]]`.
    func render(_ values: [String: Any]) throws -> String { try render(nodes, dot: values, root: values) }

    // MARK: Reading

    /// Texts and actions in turn, blanks beside `{{-` taken away.
    private static func tokens(of text: String) -> [(isAction: Bool, text: String)] {
        var tokens: [(Bool, String)] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            var before = String(rest[..<open.lowerBound])
            rest = rest[open.upperBound...]
            if rest.hasPrefix("-") {
                rest = rest.dropFirst()
                before = String(before.reversed().drop { $0.isWhitespace }.reversed())
            }
            // A literal such as {{ "}}" }} holds the closing braces.
            var end = rest.firstRange(of: "}}")!
            if rest[..<end.lowerBound].count(where: { $0 == "\"" }) % 2 == 1 {
                end = rest[end.upperBound...].firstRange(of: "}}")!
            }
            var action = String(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
            if action.hasSuffix("-") {
                action.removeLast()
                rest = rest.drop { $0.isWhitespace }
            }
            tokens += [(false, before), (true, action.trimmed)]
        }
        return tokens + [(false, String(rest))]
    }

    private static func parse(_ tokens: inout [(isAction: Bool, text: String)], _ position: inout Int) throws -> [Node] {
        var nodes: [Node] = []
        while position < tokens.count {
            let token = tokens[position]
            if !token.isAction {
                nodes.append(.text(token.text))
                position += 1
                continue
            }
            let words = token.text.split(separator: " ", maxSplits: 1)
            let rest = words.count > 1 ? String(words[1]) : ""
            switch words[0] {
            case "end", "else": return nodes
            case "if", "with", "range", "define":
                position += 1
                let body = try parse(&tokens, &position)
                var otherwise: [Node] = []
                if position < tokens.count, tokens[position].text == "else" {
                    position += 1
                    otherwise = try parse(&tokens, &position)
                }
                guard position < tokens.count, tokens[position].text == "end" else {
                    throw Problem(message: "no end of \(token.text)")
                }
                position += 1
                if words[0] == "define" {
                    nodes.append(.define(name: rest.trimming("\""), body: body))
                } else {
                    nodes.append(.block(word: String(words[0]), condition: rest, body: body, otherwise: otherwise))
                }
            default:
                nodes.append(.output(token.text))
                position += 1
            }
        }
        return nodes
    }

    // MARK: Writing

    private func render(_ nodes: [Node], dot: Any, root: [String: Any]) throws -> String {
        var output = ""
        for node in nodes {
            switch node {
            case .text(let text): output += text
            case .define: break
            case .output(let pipeline): output += Self.text(try value(pipeline, dot, root))
            case .block(let word, let condition, let body, let otherwise):
                let value = try value(condition, dot, root)
                if !Self.isTrue(value) {
                    output += try render(otherwise, dot: dot, root: root)
                } else if word == "range" {
                    for element in value as? [Any] ?? [] { output += try render(body, dot: element, root: root) }
                } else {
                    output += try render(body, dot: word == "with" ? value : dot, root: root)
                }
            }
        }
        return output
    }

    private func value(_ pipeline: String, _ dot: Any, _ root: [String: Any]) throws -> Any {
        var result: Any?
        for stage in pipeline.split(separator: "|") {
            result = try call(Self.words(of: String(stage).trimmed), piped: result, dot, root)
        }
        return result ?? ""
    }

    private static func words(of text: String) -> [String] {
        var (words, word, isQuoted) = ([String](), "", false)
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    private func call(_ words: [String], piped: Any?, _ dot: Any, _ root: [String: Any]) throws -> Any {
        func argument(_ index: Int) throws -> Any {
            if index < words.count { return try operand(words[index], dot, root) }
            guard let piped else { throw Problem(message: "\(words[0]) lacks an argument") }
            return piped
        }
        switch words[0] {
        case "include":
            guard let body = defined[words[1].trimming("\"")] else { throw Problem(message: "no template \(words[1])") }
            return try render(body, dot: dot, root: root)
        case "not": return !Self.isTrue(try argument(1))
        case "default":
            let value = try argument(2)
            return Self.isTrue(value) ? value : try argument(1)
        case "required":
            let value = try argument(2)
            if !Self.isTrue(value) { throw Problem(message: Self.text(try argument(1))) }
            return value
        case "append": return (try argument(1) as? [Any] ?? []) + [try argument(2)]
        // JSON is YAML; only its layout differs.
        case "toYaml", "toJson": return Self.json(try argument(1))
        case "quote": return Self.json(Self.text(try argument(1)))
        case "nindent":
            let indent = String(repeating: " ", count: Int(words[1])!)
            return "\n" + Self.text(try argument(2)).split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
        default: return try operand(words[0], dot, root)
        }
    }

    private func operand(_ word: String, _ dot: Any, _ root: [String: Any]) throws -> Any {
        if word.hasPrefix("\"") { return word.trimming("\"") }
        let isRoot = word.hasPrefix("$.")
        guard isRoot || word.hasPrefix(".") else { throw Problem(message: "\(word) is unknown") }
        var value: Any = isRoot ? root : dot
        for name in word.drop(while: { $0 == "$" }).split(separator: ".") {
            guard let next = (value as? [String: Any])?[String(name)] else { throw Problem(message: "there is no \(word)") }
            value = next
        }
        return value
    }

    private static func isTrue(_ value: Any) -> Bool {
        switch value {
        case let value as Bool: value
        case let value as String: !value.isEmpty
        case let value as [Any]: !value.isEmpty
        case let value as [String: Any]: !value.isEmpty
        case let value as Int: value != 0
        default: false
        }
    }

    private static func text(_ value: Any) -> String { value as? String ?? json(value) }

    private static func json(_ value: Any) -> String {
        switch value {
        case let value as Bool: "\(value)"
        case let value as Int: "\(value)"
        case let value as String: "\"\(value)\""
        case let value as [Any]: "[" + value.map(json).joined(separator: ",") + "]"
        case let value as [String: Any]:
            "{" + value.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \(json($0.value))" }.joined(separator: ",") + "}"
        default: "null"
        }
    }
}

extension String {
    var trimmed: String { trimming(" \n\t") }

    func trimming(_ characters: String) -> String {
        String(drop { characters.contains($0) }.reversed().drop { characters.contains($0) }.reversed())
    }
}
