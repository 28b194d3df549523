import Diagnostics
import Documents
import RegoSyntax

/// The Rego of a template, moved to packages of its own, so that templates can be compiled together: all may be called
/// anything, and the libraries of each are its own.
struct TemplateModules {
    /// Where the packages of all templates are.
    static let root = "constrainttemplates"

    private(set) var modules: [Module] = []
    private(set) var problems: [Diagnostic] = []
    /// What it looks at in `data.inventory`; nil for nothing.
    private(set) var inventory: InventoryUse?
    /// Whether it looks at the Namespace of the object.
    private(set) var usesNamespace = false
    /// The kinds of objects that it says something about; nil for any.
    private(set) var kinds: Set<String>?
    private let kind: String

    /// - Parameters:
    ///   - kind: tells templates apart.
    ///   - entry: the module with the rule `violation`.
    ///   - version: the dialect; nil for the first one in which a text is in order, v0 before v1.
    init(kind: String, entry: SourceFile, libraries: [SourceFile], version: RegoVersion?) {
        self.kind = kind
        add(entry, version, isEntry: true)
        for library in libraries { add(library, version, isEntry: false) }
        usesNamespace = NamespaceUse(in: modules).isPossible
    }

    /// The rule that is evaluated, as an engine knows it.
    var entrypoint: String { "data.\(Self.root).\(kind).template.violation" }

    private mutating func add(_ source: SourceFile, _ version: RegoVersion?, isEntry: Bool) {
        var (module, found) = Parser.parseModule(source, version: version ?? .v0)
        if version == nil, found.contains(where: { $0.severity == .error }) {
            let (newer, others) = Parser.parseModule(source, version: .v1)
            if !others.contains(where: { $0.severity == .error }) { (module, found) = (newer, others) }
        }
        problems += found.filter { $0.severity == .error }
        if !problems.isEmpty { return }
        if isEntry {
            checkRules(of: module)
            kinds = RuleKinds.named(in: module)
        } else {
            checkPackage(of: module)
        }
        checkReferences(of: &module)
        move(&module, isEntry: isEntry)
        modules.append(module)
    }

    private mutating func checkRules(of module: Module) {
        let rules = module.rules.filter { $0.head.name == "violation" }
        if rules.isEmpty {
            let range = module.range(of: module.package.location)
            problems.append(
                Diagnostic(
                    code: "template_error", message: "the Rego of a template needs a rule called violation", range: range,
                    hint: "violation[{\"msg\": msg}] { … }"))
        }
    }

    private mutating func checkPackage(of module: Module) {
        let path = module.package.path.terms.dropFirst().compactMap(\.stringOrVarName)
        if path.first != "lib" {
            problems.append(
                Diagnostic(
                    code: "template_error",
                    message: "the package of a library is lib or below it, and this is \(path.joined(separator: "."))",
                    range: module.range(of: module.package.location)))
        }
    }

    /// Templates see the inventory and their libraries, nothing else of `data`; references to libraries go to where these
    /// are moved.
    private mutating func checkReferences(of module: inout Module) {
        var problems: [Diagnostic] = [], inventory = inventory
        let file = module.file, prefix = [Self.root, kind, "libs"]
        let mapping = RefMapping(tellingStatements: { ref, isStatement in
            guard let head = ref.terms.first, case .var("data") = head.value else { return }
            switch ref.terms.dropFirst().first?.value.stringValue {
            case "inventory":
                var use = inventory ?? InventoryUse()
                use.add(ref, isStatement: isStatement)
                inventory = use
            case "lib":
                let added = prefix.map { Term(.string($0), location: ref.terms[1].location) }
                ref.terms.insert(contentsOf: added, at: 1)
            default:
                let location = Location(start: head.location.start, end: ref.terms[ref.terms.count - 1].location.end)
                problems.append(
                    Diagnostic(
                        code: "template_error", message: "a template may look at data.inventory and data.lib only",
                        range: location.range(in: file)))
            }
        })
        mapping.apply(to: &module)
        self.problems += problems
        self.inventory = inventory
    }

    private func move(_ module: inout Module, isEntry: Bool) {
        let location = module.package.path.terms.first?.location ?? module.package.location
        func name(_ text: String) -> Term { Term(.string(text), location: location) }
        let head = [Term(.var("data"), location: location), name(Self.root), name(kind)]
        let rest = isEntry ? [name("template")] : [name("libs")] + module.package.path.terms.dropFirst()
        module.package.path = Ref(head + rest)
    }
}

extension TermValue {
    /// The text of a string.
    fileprivate var stringValue: String? {
        if case .string(let text) = self { return text }
        return nil
    }
}
