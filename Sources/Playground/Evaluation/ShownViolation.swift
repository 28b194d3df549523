import Catalogue
import Diagnostics
import Documents
import Judging
import Remedies
import Renderings
import Rego
import RegoSyntax

/// What a policy said about an object, as the page shows it.
struct ShownViolation {
    let level: FindingLevel
    let severity: PolicySeverity
    let policy: Policy
    /// The number of the object.
    let object: Int
    let path: DocumentPath
    let message: String
    /// Why it does not count; nil for one that does.
    let suppression: Suppression?
    /// What would remedy it, as the policy says.
    let changes: [ObjectEdit]
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

    /// - Parameters:
    ///   - configuration: the settings of `lintel.yaml`.
    ///   - lines: finds lines in the output of the build that made the object.
    init(
        _ violation: Violation, policy: Policy, object: InputObject, ruleAt: SourceRange?, configuration: Configuration,
        lines: TextBuild.ValueLines?
    ) {
        var node = NodeView(document: object.document).node(at: violation.path)
        if violation.path.steps.isEmpty, let range = violation.location.range, range.start != node.range?.start {
            node.range = range
        }
        severity = violation.severity ?? configuration.severities[policy.id] ?? policy.severity
        level = severity.level
        (self.policy, self.object, path, message) = (policy, object.index, violation.path, violation.message)
        (suppression, changes) = (violation.suppression, violation.changes)
        let isFixable =
            object.numberInFile != nil && object.built == nil && !violation.location.isSecret
            && Fix(policy, saying: violation.changes)?.operations(at: violation.path, in: object.document) != nil
        order = Order(
            subject: object.index, offset: node.range?.start ?? 0, text: "\(policy.id) \(violation.message)")
        json = .members([
            "severity": .string(severity.rawValue), "level": .string(level.rawValue),
            "message": .string(String(violation.message.prefix(4000))),
            "policy": .object([("id", .string(policy.id)), ("title", .string(policy.title))]),
            "rule": .string(policy.entrypoint), "ruleAt": ruleAt.map(JSON.place), "resource": .int(object.index),
            "at": node.range.map(JSON.place), "path": .string(node.path.fieldPath),
            "container": NodeView(document: object.document).container(at: node.path).map(JSON.string),
            "pointer": .string(node.path.jsonPointer), "missing": .bool(node.isMissing),
            "remediation": policy.remediation.isEmpty ? nil : .string(policy.remediation),
            "suppressed": violation.suppression.map(JSON.suppression), "expired": violation.expired.map(JSON.suppression),
            "fixable": isFixable ? .bool(true) : nil, "rendered": Self.rendered(violation, object, lines),
            "details": violation.details.flatMap { $0.utf8.count > 64 << 10 ? nil : .raw(Array($0.utf8)) },
        ])
    }

    /// The line of the output of a build that it is about.
    private static func rendered(_ violation: Violation, _ object: InputObject, _ lines: TextBuild.ValueLines?) -> JSON? {
        guard let build = object.built?.build, let lines else { return nil }
        return .object([("build", .int(build)), ("line", .int(lines.line(of: violation.path) + 1))])
    }
}

extension JSON {
    /// An exception: what says it and why.
    static func suppression(_ suppression: Suppression) -> JSON {
        func text(_ text: String) -> JSON? { text.isEmpty ? nil : .string(text) }
        return .members([
            "source": .string(suppression.source.rawValue), "reason": .string(suppression.reason),
            "owner": text(suppression.owner), "until": text(suppression.until), "tool": text(suppression.tool),
            "file": text(suppression.file), "line": suppression.line > 0 ? .int(suppression.line) : nil,
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

    /// The policy's definition whose strings make up most of the message; the first when none does.
    func definition(_ policy: Policy, saying message: String) -> SourceRange? {
        guard var definitions = byRule[policy.entrypoint] else { return nil }
        if let part = policy.part {
            definitions = definitions.filter {
                part.definitions.contains(RulePart.Definition(file: $0.range.file.path, start: $0.range.start))
            }
        }
        if definitions.isEmpty { return nil }
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
