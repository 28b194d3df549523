package import Catalogue
package import Diagnostics
package import Documents
import Inputs

/// Who is told of violations, read from the file of `--notify`.
package struct NotificationSettings: Sendable {
    /// How a target wants to be told.
    package enum Kind: String, Sendable, CaseIterable {
        case webhook, slack, teams, github, gitlab, jira

        /// Whether it keeps an issue for each violation.
        package var isTracker: Bool { self == .github || self == .gitlab || self == .jira }
    }

    package struct Target: Sendable {
        package var name: String
        package var kind: Kind
        /// The address, or the variable that holds it.
        package var url = ""
        package var urlVariable = ""
        /// The variable with the token or password.
        package var tokenVariable = ""
        /// The variable with the user's name, for Jira in the cloud.
        package var userVariable = ""
        /// The variable with the key that signs the body of a webhook.
        package var secretVariable = ""
        package var headers: [(name: String, value: String)] = []
        /// A Go template for the body of a webhook.
        package var template: String?
        /// `owner/name`, the path of a project, or the key of one.
        package var project = ""
        package var label = "lintel"
        package var issueType = "Task"
        package var least: PolicySeverity = .info
        /// The most issues that one run makes.
        package var mostIssues = 20
        package var range: SourceRange?
    }

    package var targets: [Target] = []
    /// The folder for what could not be sent.
    package var spool: String
    /// What tells the issues of this run from those of others, such as another cluster's.
    package var scope = ""
    /// Whether what cannot be sent fails the run.
    package var failsRun = false

    private static let keys = ["apiVersion", "kind", "targets", "spool", "scope", "failOnError"]
    private static let targetKeys = [
        "name", "type", "url", "urlFromEnv", "tokenFromEnv", "userFromEnv", "secretFromEnv", "headers", "template", "repository",
        "project", "label", "issueType", "minSeverity", "maxIssues",
    ]

    /// Reads a file.
    package static func read(_ path: String) -> (settings: NotificationSettings, problems: [Diagnostic]) {
        var settings = NotificationSettings(spool: path + ".spool")
        let source: SourceFile
        do throws(FileError) { source = SourceFile(path: path, bytes: try FileSystem.read(path, limit: 1 << 20)) } catch {
            return (settings, [Diagnostic(reading: error)])
        }
        let stream = YAMLReader().read(source)
        guard stream.diagnostics.isEmpty, let document = stream.documents.first else { return (settings, stream.diagnostics) }
        var reader = Reader(document: document)
        document.withRoot { reader.read($0, into: &settings) }
        return (settings, reader.problems)
    }

    private init(spool: String) { self.spool = spool }

    private struct Reader {
        let document: Document
        var problems: [Diagnostic] = []

        mutating func report(_ message: String, _ steps: [DocumentPath.Step], onKey: Bool = false) {
            let place = document.place(at: DocumentPath(steps))
            problems.append(
                Diagnostic(
                    code: "notification_error", message: message,
                    range: document.range(onKey ? place.keySpan ?? place.span : place.span)))
        }

        mutating func read(_ root: Value, into settings: inout NotificationSettings) {
            guard root.kind == .object else { return report("the file is a mapping with targets", []) }
            for (index, key) in root.keys.enumerated() {
                let value = root.values[index], path: [DocumentPath.Step] = [.key(key.string)]
                switch key.string {
                case "apiVersion", "kind": break
                case "spool": settings.spool = text(value, path) ?? settings.spool
                case "scope": settings.scope = text(value, path) ?? ""
                case "failOnError":
                    if value.kind == .bool { settings.failsRun = value.isTrue } else { report("true or false is expected", path) }
                case "targets":
                    guard value.kind == .array, value.count > 0 else { return report("targets is a list of who is told", path) }
                    for (index, item) in value.elements.enumerated() {
                        if let target = target(item, path + [.index(index)]) { settings.targets.append(target) }
                    }
                default:
                    report(
                        "unknown key \"\(key.string)\"\(Suggestion.text(for: key.string, among: NotificationSettings.keys))",
                        path,
                        onKey: true)
                }
            }
            if settings.targets.isEmpty, problems.isEmpty { report("there are no targets", []) }
        }

        private mutating func text(_ value: Value, _ path: [DocumentPath.Step]) -> String? {
            if let text = value.stringValue, !text.isEmpty { return text }
            report("a text is expected", path)
            return nil
        }

        private mutating func target(_ item: Value, _ path: [DocumentPath.Step]) -> Target? {
            guard item.kind == .object else {
                report("type and url of a target are expected", path)
                return nil
            }
            let known = Kind.allCases.map(\.rawValue), type = item.field("type")
            guard let kind = type.stringValue.flatMap(Kind.init(rawValue:)) else {
                let nearest = type.stringValue.map { Suggestion.text(for: $0, among: known) } ?? ""
                report("type is one of \(known.joined(separator: ", "))\(nearest)", type.isDefined ? path + [.key("type")] : path)
                return nil
            }
            var target = Target(name: kind.rawValue, kind: kind)
            target.range = document.range(document.place(at: DocumentPath(path)).span)
            for (index, key) in item.keys.enumerated() {
                read(key.string, item.values[index], path + [.key(key.string)], into: &target)
            }
            check(target, path)
            return target
        }

        private mutating func read(
            _ key: String, _ value: Value, _ path: [DocumentPath.Step], into target: inout Target
        ) {
            switch key {
            case "type": break
            case "name": target.name = text(value, path) ?? target.name
            case "url": target.url = text(value, path) ?? ""
            case "urlFromEnv": target.urlVariable = text(value, path) ?? ""
            case "tokenFromEnv": target.tokenVariable = text(value, path) ?? ""
            case "userFromEnv": target.userVariable = text(value, path) ?? ""
            case "secretFromEnv": target.secretVariable = text(value, path) ?? ""
            case "template": target.template = text(value, path)
            case "repository", "project": target.project = text(value, path) ?? ""
            case "label": target.label = text(value, path) ?? target.label
            case "issueType": target.issueType = text(value, path) ?? target.issueType
            case "minSeverity":
                let names = PolicySeverity.allCases.map(\.rawValue)
                if let severity = value.stringValue.flatMap(PolicySeverity.init(rawValue:)) {
                    target.least = severity
                } else {
                    report("\(names.joined(separator: ", ")) are allowed here", path)
                }
            case "maxIssues":
                if let number = value.intValue, (1...1_000).contains(number) {
                    target.mostIssues = Int(number)
                } else {
                    report("maxIssues is a number from 1 to 1000", path)
                }
            case "headers":
                guard value.kind == .object else { return report("headers maps names to texts", path) }
                for (index, name) in value.keys.enumerated() {
                    if let text = text(value.values[index], path + [.key(name.string)]) {
                        target.headers.append((name.string, text))
                    }
                }
            default:
                report(
                    "unknown key \"\(key)\"\(Suggestion.text(for: key, among: NotificationSettings.targetKeys))", path,
                    onKey: true)
            }
        }

        private mutating func check(_ target: Target, _ path: [DocumentPath.Step]) {
            if target.url.isEmpty, target.urlVariable.isEmpty, target.kind != .github, target.kind != .gitlab {
                report("\(target.kind.rawValue) needs url, or urlFromEnv with the name of a variable", path)
            }
            if target.kind.isTracker, target.project.isEmpty {
                report("\(target.kind.rawValue) needs \(target.kind == .github ? "repository, as owner/name" : "project")", path)
            }
            if target.kind.isTracker, target.tokenVariable.isEmpty {
                report("\(target.kind.rawValue) needs tokenFromEnv with the name of a variable", path)
            }
            if target.template != nil, target.kind != .webhook {
                report("a template is for a webhook", path + [.key("template")])
            }
            if !target.url.isEmpty, let problem = Address.problem(target.url) { report(problem, path + [.key("url")]) }
        }
    }
}

/// Addresses that may be sent to.
enum Address {
    /// What is wrong with an address: violations and tokens do not travel in the open.
    static func problem(_ url: String) -> String? {
        if url.hasPrefix("https://") { return nil }
        guard url.hasPrefix("http://") else { return "an address begins with https://" }
        let host = url.dropFirst(7).prefix { $0 != "/" && $0 != ":" }
        return ["localhost", "127.0.0.1", "[::1]", "["].contains(String(host))
            ? nil : "http:// is for this machine only: use https://"
    }
}
