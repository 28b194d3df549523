import Catalogue
import Diagnostics
import Rego
import RegoRuntime
import RegoSyntax

/// What policies are given as `input`.
enum InputStyle: String, CaseIterable, Sendable {
    /// The object itself, as Conftest and lintel have it.
    case object
    /// An AdmissionReview: `input.request`.
    case admission
    /// Gatekeeper's: `input.review` and `input.parameters`.
    case review

    /// The style that a module's text speaks of.
    init(mentionedIn file: SourceFile) {
        let code = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").filter {
            !$0.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("#")
        }
        if code.contains(where: { Self.names("input.review", in: $0) }) {
            self = .review
        } else if code.contains(where: { Self.names("input.request", in: $0) }) {
            self = .admission
        } else {
            self = .object
        }
    }

    /// Whether a line has the reference itself, not one that only starts like it (`input.requestObject`).
    private static func names(_ reference: String, in line: Substring) -> Bool {
        var rest = line
        while let range = rest.firstRange(of: reference) {
            rest = rest[range.upperBound...]
            if !(rest.first.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false) { return true }
        }
        return false
    }
}

/// The parsed modules of a workspace with those of the library that they use.
struct PolicyModules {
    private(set) var modules: [Module] = []
    private(set) var library: [Module] = []
    private(set) var problems: [Diagnostic] = []
    /// The rules that hold violations.
    private(set) var policies: [Policy] = []
    private(set) var styles: [String: InputStyle] = [:]

    var all: [Module] { modules + library }
    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// - Parameter style: what all modules are given; nil for what each of them speaks of.
    init(_ sources: [SourceFile], library: PolicyLibrary, style: InputStyle? = nil) {
        let user = UserPolicies(sources: sources)
        policies = user.policies
        problems = user.problems
        for module in user.modules {
            modules.append(module.syntax)
            styles[module.source.path] = style ?? InputStyle(mentionedIn: module.source)
        }
        addLibrary(library, for: sources)
        let count = modules.reduce(0) { $0 + $1.rules.count }
        if count > Self.maximumRules {
            problems.append(
                Diagnostic(code: "limit_error", message: "there are \(count) rules; the playground compiles \(Self.maximumRules) at most"))
        }
    }

    private static let maximumRules = 4000

    /// The modules of the library whose packages the texts name and do not define.
    private mutating func addLibrary(_ library: PolicyLibrary, for sources: [SourceFile]) {
        let own = Set(modules.map(\.packageName))
        let texts = sources.map { String(decoding: $0.bytes, as: UTF8.self) }.filter { $0.contains("data.lintel") }
        if texts.isEmpty { return }
        var seen = Set<String>()
        for package in library.bundle.packages.sorted() where !own.contains(package) {
            guard texts.contains(where: { $0.contains("data.\(package)") }) else { continue }
            for file in library.bundle.sources(ofPackage: package) where seen.insert(file.path).inserted {
                let path = "library/" + file.path.dropFirst("policies/".count)
                let module = Parser.parseModule(SourceFile(path: path, bytes: file.bytes)).0
                if !own.contains(module.packageName) { self.library.append(module) }
            }
        }
    }

    /// What the rules of a file are given.
    func style(of path: String) -> InputStyle { styles[path] ?? .object }

    /// A rule as the page lists it.
    struct RuleEntry {
        var path: String
        var kind: String
        var range: SourceRange
        var style: InputStyle
    }

    /// The rules of the workspace that have a value of their own, once each, in source order.
    var rules: [RuleEntry] {
        var seen = Set<String>()
        return modules.flatMap { module in
            module.rules.compactMap { rule in
                let path = "data.\(module.packageName).\(rule.head.name)"
                guard !rule.head.isFunction, seen.insert(path).inserted else { return nil }
                let kind = rule.head.name.hasPrefix("test_") ? "test" : rule.head.isPartialSet ? "set" : "value"
                return RuleEntry(
                    path: path, kind: kind, range: module.range(of: rule.head.location), style: style(of: module.file.path))
            }
        }
    }
}

extension Ref {
    /// The names after the head, up to the first that is no constant.
    var names: [String] {
        var names: [String] = []
        for term in terms.dropFirst() {
            guard case .string(let name) = term.value else { break }
            names.append(name)
        }
        return names
    }
}

extension Module {
    /// The package with dots, without `data`.
    var packageName: String { package.path.names.joined(separator: ".") }

    /// What the module's imports bring in, by name: a path from `data` or `input`, that word included.
    var importedPaths: [String: [String]] {
        var paths: [String: [String]] = [:]
        for statement in imports {
            guard let head = statement.path.terms.first?.stringOrVarName, head == "data" || head == "input",
                let name = statement.name
            else { continue }
            paths[name] = [head] + statement.path.names
        }
        return paths
    }
}
