import Catalogue
import Diagnostics
import Documents
import Judging
import RegoSyntax

/// What a policy said about an object, with the node and the rule.
struct ShownViolation {
    let level: FindingLevel
    let severity: PolicySeverity
    let json: JSON
    /// By object, then place, then text.
    let order: Order

    struct Order: Comparable {
        var subject: Int
        var offset: UInt32
        var text: String

        static func < (left: Order, right: Order) -> Bool {
            (left.subject, left.offset, left.text) < (right.subject, right.offset, right.text)
        }
    }

    init(
        _ result: PolicyResult, policy: Policy, subject: Subject, view: InputView, origins: [Value: DocumentPath],
        ruleAt: SourceRange?
    ) {
        var node: InputView.Node
        switch result.place {
        case .path(let path): node = view.node(at: path)
        case .origin(let element): node = view.node(at: origins[element] ?? DocumentPath(view.prefix))
        case .line(let line, _):
            node = view.node(at: DocumentPath(view.prefix))
            node.range = view.line(line) ?? node.range
        }
        severity = policy.severity
        level = policy.severity.level
        order = Order(
            subject: subject.index, offset: node.range?.start ?? 0, text: "\(policy.id) \(result.message)")
        json = .members([
            "severity": .string(severity.rawValue), "level": .string(level.rawValue), "message": .string(String(result.message.prefix(4000))),
            "policy": .object([("id", .string(policy.id)), ("title", .string(policy.title))]),
            "rule": .string(policy.entrypoint), "ruleAt": ruleAt.map(JSON.place), "resource": .int(subject.index),
            "at": node.range.map(JSON.place), "path": .string(node.path.fieldPath),
            "pointer": .string(node.path.jsonPointer), "missing": .bool(node.isMissing),
            "remediation": policy.remediation.isEmpty ? nil : .string(policy.remediation),
            "details": result.details.flatMap { $0.utf8.count > 64 << 10 ? nil : .raw(Array($0.utf8)) },
        ])
    }
}

/// Finds the definition of a rule that made a message.
struct RuleLocator {
    private struct Definition {
        var range: SourceRange
        /// The constant parts of its strings, those between the verbs of `sprintf`.
        var words: [String]
    }

    private var byRule: [String: [Definition]] = [:]

    init(_ modules: [Module]) {
        for module in modules {
            for rule in module.rules where !rule.isDefault {
                let range = module.range(of: rule.location)
                byRule["data.\(module.packageName).\(rule.head.name)", default: []]
                    .append(Definition(range: range, words: Self.words(range.text)))
            }
        }
    }

    func definitions(_ rule: String) -> [SourceRange] { byRule[rule]?.map(\.range) ?? [] }

    /// The definition whose strings make up most of the message; the first when none does.
    func definition(_ rule: String, saying message: String) -> SourceRange? {
        guard let definitions = byRule[rule] else { return nil }
        if definitions.count == 1 { return definitions[0].range }
        var best: (score: Int, range: SourceRange)?
        for definition in definitions {
            let score = definition.words.reduce(0) { $0 + (message.contains($1) ? $1.utf8.count : 0) }
            if best.map({ score > $0.score }) ?? true { best = (score, definition.range) }
        }
        return best?.range
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() where index % 2 == 1 {
            for piece in part.split(separator: "%") {
                let word = piece.dropFirst(piece.startIndex == part.startIndex ? 0 : 1)
                if word.utf8.count >= 3 { words.append(String(word)) }
            }
        }
        return words
    }
}
