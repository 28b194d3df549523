/// The part of CEL that match conditions are written in, over a request: members, `has()`, `==`, `!=`, `in`, `!`, `&&`, `||`,
/// texts and lists. As in CEL, a missing member is an error, and `||` and `&&` pass over one when the other side decides.
struct ConditionExpression {
    struct Problem: Error, Equatable {
        var message: String
    }

    enum Result: Equatable {
        case value(Bool)
        case failure
    }

    private indirect enum Node {
        case path([String])
        case has([String])
        case text(String)
        case list([Node])
        case not(Node)
        case binary(String, Node, Node)
    }

    private let root: Node

    init(_ text: String) throws {
        var parser = Parser(try Self.tokens(text))
        root = try parser.expression(0)
        if let rest = parser.next { throw Problem(message: "\(rest) is left over") }
    }

    /// What the API server does with the condition: true asks the webhook, false does not, a failure follows failurePolicy.
    func evaluate(_ request: [String: Any]) -> Result {
        guard let value = try? value(root, ["request": request]) as? Bool else { return .failure }
        return .value(value)
    }

    // MARK: Evaluation

    private func value(_ node: Node, _ scope: [String: Any]) throws -> Any {
        switch node {
        case .text(let text): return text
        case .list(let nodes): return try nodes.map { try value($0, scope) }
        case .path(let steps): return try Self.member(steps, of: scope)
        case .has(let steps):
            guard let object = try Self.member(steps.dropLast(), of: scope) as? [String: Any] else {
                throw Problem(message: "no object")
            }
            return object[steps.last ?? ""] != nil
        case .not(let inner):
            guard let value = try value(inner, scope) as? Bool else { throw Problem(message: "! of no bool") }
            return !value
        case .binary(let name, let left, let right): return try binary(name, left, right, scope)
        }
    }

    private func binary(_ name: String, _ left: Node, _ right: Node, _ scope: [String: Any]) throws -> Bool {
        if name == "||" || name == "&&" {
            let decisive = name == "||"
            let sides = [left, right].map { try? value($0, scope) as? Bool }
            if sides.contains(decisive) { return decisive }
            if sides.contains(nil) { throw Problem(message: "neither side decides") }
            return !decisive
        }
        let (a, b) = (try value(left, scope), try value(right, scope))
        if name == "in" {
            guard let list = b as? [Any] else { throw Problem(message: "in no list") }
            return list.contains { "\($0)" == "\(a)" }
        }
        return ("\(a)" == "\(b)") == (name == "==")
    }

    private static func member(_ steps: some Collection<String>, of scope: [String: Any]) throws -> Any {
        var value: Any = scope
        for step in steps {
            guard let next = (value as? [String: Any])?[step] else { throw Problem(message: "no such key: \(step)") }
            value = next
        }
        return value
    }

    // MARK: Reading

    private static func tokens(_ text: String) throws -> [String] {
        var tokens: [String] = [], rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "\"" || first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: first) else { throw Problem(message: "a text has no end") }
                tokens.append("\"" + rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
            } else if let symbol = ["||", "&&", "==", "!="].first(where: { rest.hasPrefix($0) }) {
                tokens.append(symbol)
                rest = rest.dropFirst(2)
            } else if "!()[],".contains(first) {
                tokens.append(String(first))
                rest.removeFirst()
            } else {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
                if word.isEmpty { throw Problem(message: "\(first) is not understood") }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return tokens
    }

    private struct Parser {
        private var tokens: ArraySlice<String>
        init(_ tokens: [String]) { self.tokens = tokens[...] }

        var next: String? { tokens.first }

        private static let levels = [["||"], ["&&"], ["==", "!=", "in"]]

        mutating func expression(_ level: Int) throws -> Node {
            if level == Self.levels.count { return try unary() }
            var left = try expression(level + 1)
            while let name = next, Self.levels[level].contains(name) {
                tokens.removeFirst()
                left = .binary(name, left, try expression(level + 1))
            }
            return left
        }

        private mutating func unary() throws -> Node {
            guard let token = tokens.popFirst() else { throw Problem(message: "the expression ends too early") }
            switch token {
            case "!": return .not(try unary())
            case "(":
                let inner = try expression(0)
                try expect(")")
                return inner
            case "[":
                var items: [Node] = []
                while next != "]" {
                    items.append(try expression(0))
                    if next == "," { tokens.removeFirst() }
                }
                try expect("]")
                return .list(items)
            case "has":
                try expect("(")
                guard case .path(let steps) = try unary() else { throw Problem(message: "has() of no member") }
                try expect(")")
                return .has(steps)
            default:
                if token.hasPrefix("\"") { return .text(String(token.dropFirst())) }
                return .path(token.split(separator: ".").map(String.init))
            }
        }

        private mutating func expect(_ token: String) throws {
            if tokens.popFirst() != token { throw Problem(message: "\(token) is missing") }
        }
    }
}
