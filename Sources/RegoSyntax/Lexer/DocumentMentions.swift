public import Diagnostics

/// The parts of `input` and `data` that the text of a module names, found without parsing it.
public struct DocumentMentions: Sendable {
    /// Members of `input` that are named: `request` for `input.request.object` and `input["request"]`.
    public private(set) var inputMembers: Set<String> = []
    /// Whether `input` is used in another way: whole, or under a key that is computed.
    public private(set) var usesWholeInput = false
    /// Paths below `data`, as far as they are constant.
    public private(set) var dataPaths: [[String]] = []
    /// Texts of string literals without escapes.
    public private(set) var strings: Set<String> = []

    public init(_ file: SourceFile) {
        let tokens = LexedText(file.bytes).tokens
        func text(_ token: Token) -> String { file.text(in: Int(token.start)..<Int(token.end)) }
        for index in tokens.indices {
            let token = tokens[index]
            if token.kind == .string, !token.hasEscape { strings.insert(Self.unquoted(text(token))) }
            guard token.kind == .identifier, index == 0 || tokens[index - 1].kind != .dot else { continue }
            switch text(token) {
            case "input":
                if let member = Self.path(after: index, in: tokens, text: text, limit: 1).first {
                    inputMembers.insert(member)
                } else {
                    usesWholeInput = true
                }
            case "data": dataPaths.append(Self.path(after: index, in: tokens, text: text, limit: .max))
            default: break
            }
        }
    }

    /// The constant steps that follow a name.
    private static func path(
        after index: Int, in tokens: ContiguousArray<Token>, text: (Token) -> String, limit: Int
    ) -> [String] {
        var steps: [String] = [], next = index + 1
        while steps.count < limit, next + 1 < tokens.count {
            let step = tokens[next + 1]
            if tokens[next].kind == .dot, step.kind == .identifier || step.kind.isKeyword {
                steps.append(text(step))
                next += 2
            } else if tokens[next].kind == .leftBracket, step.kind == .string, !step.hasEscape, next + 2 < tokens.count,
                tokens[next + 2].kind == .rightBracket
            {
                steps.append(unquoted(text(step)))
                next += 3
            } else {
                break
            }
        }
        return steps
    }

    private static func unquoted(_ text: String) -> String { String(text.dropFirst().dropLast()) }
}
