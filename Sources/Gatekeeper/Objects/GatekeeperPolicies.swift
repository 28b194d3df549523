package import Diagnostics
package import Documents
import Inputs
import Rego
package import RegoRuntime

/// The policies of Gatekeeper among some files, in any order: templates, constraints, and what goes with them.
///
/// Documents are added one by one; `finish` puts them together. What is wrong with one spoils no other.
package struct GatekeeperPolicies: Sendable {
    /// What becomes of them.
    package struct Options: Sendable {
        /// Where the constraints are enforced.
        package var point = EnforcementPoint.gator
        /// Whether templates in CEL alone are left out, instead of being an error each.
        package var skipsCEL = false

        package init() {}
    }

    /// A constraint with its template.
    package struct Pair: Sendable {
        package let constraint: Constraint
        package let template: ConstraintTemplate
        /// What its violations lead to where this run enforces it.
        package let action: ConstraintAction

        package init(_ constraint: Constraint, of template: ConstraintTemplate, action: ConstraintAction) {
            self.constraint = constraint
            self.template = template
            self.action = action
        }
    }

    package private(set) var templates: [ConstraintTemplate] = []
    package private(set) var pairs: [Pair] = []
    package private(set) var expansions: [ExpansionTemplate] = []
    package private(set) var mutators = ObjectMutators()
    package private(set) var problems: [Diagnostic] = []
    private var templateDocuments: [Document] = []
    private var constraintDocuments: [Document] = []
    private var mutatorDocuments: [Document] = []
    private var exclusions: [NameGlob] = []
    /// Namespaces in which mutators change nothing.
    private var mutationExclusions: [NameGlob] = []

    package init() {}

    /// The number of objects that were added.
    package private(set) var count = 0

    private static let groupSuffix = "gatekeeper.sh"

    /// Whether bytes may hold an object of Gatekeeper.
    package static func mayBe(in bytes: [UInt8]) -> Bool { bytes.contains(text: groupSuffix) }

    /// Takes a document that is one of Gatekeeper's.
    /// - Returns: whether it is.
    package mutating func add(_ document: Document) -> Bool {
        let root = document.root
        guard root.kind == .object, let version = root.field("apiVersion").stringValue,
            let kind = root.field("kind").stringValue
        else { return false }
        let type = GroupVersionKind(apiVersion: version, kind: kind)
        if type.group.hasSuffix(Self.groupSuffix) { count += 1 }
        if type.group.isEmpty, kind == "List", root.field("items").kind == .array { return addItems(of: document) }
        switch (type.group, kind) {
        case (TemplateReader.group, "ConstraintTemplate"): templateDocuments.append(document)
        case (Constraint.group, _): constraintDocuments.append(document)
        case ("config.gatekeeper.sh", "Config"): addExclusions(of: document)
        case ("expansion.gatekeeper.sh", "ExpansionTemplate"):
            do { expansions.append(try ExpansionTemplate(document)) } catch { problems.append(error.diagnostic) }
        case ("externaldata.gatekeeper.sh", "Provider"):
            problems.append(
                document.problem(
                    "policy_error", "a Provider asks a server while objects are judged, which Lintel does not do",
                    at: [.key("kind")], hint: "leave out the templates that call external_data, and the Provider"))
        case (ObjectMutator.group, _): mutatorDocuments.append(document)
        default: return type.group.hasSuffix(Self.groupSuffix)
        }
        return true
    }

    private mutating func addItems(of list: Document) -> Bool {
        let items = list.root.field("items"), node = list.place(at: DocumentPath([.key("items")]))
        var isOwn = false
        for (index, item) in items.elements.enumerated() {
            let span = node.value.hasPositions ? node.value.valueSpan(at: index) : list.rootSpan
            let part = Document(arena: Arena.make(capacity: 64), root: item, rootSpan: span, partOf: list)
            if add(part) { isOwn = true }
        }
        return isOwn
    }

    /// Namespaces that a Config keeps the webhook out of.
    private mutating func addExclusions(of document: Document) {
        let match = document.root.field("spec").field("match")
        guard match.kind == .array else { return }
        for (index, item) in match.elements.enumerated() {
            let path: [DocumentPath.Step] = [.key("spec"), .key("match"), .index(index)]
            let known = ["*", "webhook", "audit", "sync", "mutation-webhook"]
            let processes = item.field("processes")
            let names = processes.kind == .array ? processes.elements.compactMap(\.stringValue) : []
            if let other = names.first(where: { !known.contains($0) }) {
                problems.append(
                    document.problem(
                        "policy_error", "there is no process \"\(other)\"; it is \(known.joined(separator: ", "))",
                        at: path + [.key("processes")]))
            }
            let namespaces = item.field("excludedNamespaces")
            guard namespaces.kind == .array else { continue }
            let globs = namespaces.elements.compactMap(\.stringValue).map(NameGlob.init)
            if names.contains("*") || names.contains("webhook") { exclusions += globs }
            if names.contains("*") || names.contains("mutation-webhook") { mutationExclusions += globs }
        }
    }

    // MARK: Putting together

    /// Reads all templates and constraints, now that all are known.
    /// - Parameter builtins: what the Rego of templates may call.
    package mutating func finish(_ options: Options, builtins: BuiltinTable) {
        var broken: Set<String> = []
        var known: [String: ConstraintTemplate] = [:]
        for document in templateDocuments {
            let (template, problem) = TemplateReader.read(document)
            guard let template else {
                problems += [problem].compactMap(\.self)
                broken.insert(Self.kind(ofBroken: document))
                continue
            }
            if let first = known[template.kind] {
                if first.document.root == document.root { continue }
                problems.append(Self.duplicate(document, "template of the kind \(template.kind)", first.document))
                continue
            }
            if template.language == .rego, let problem = TemplateCompiler.problem(of: template, builtins: builtins) {
                problems.append(problem)
                broken.insert(template.kind)
                continue
            }
            known[template.kind] = template
            templates.append(template)
        }
        addConstraints(known, broken, options)
        addMutators()
        addRemarks(options)
    }

    private mutating func addMutators() {
        var known: [String: ObjectMutator] = [:]
        for document in mutatorDocuments {
            let (mutator, problem) = MutatorReader.read(document, excluding: mutationExclusions)
            guard let mutator else {
                problems += [problem].compactMap(\.self)
                continue
            }
            if let first = known[mutator.id] {
                if first.document.root == document.root { continue }
                problems.append(Self.duplicate(document, mutator.id, first.document))
                continue
            }
            known[mutator.id] = mutator
        }
        let all = known.values.sorted { $0.id < $1.id }, conflicts = MutatorConflicts.pairs(among: all)
        for number in conflicts.keys.sorted() {
            let (own, other) = (all[number], all[conflicts[number]!])
            let path: [DocumentPath.Step] = [.key("spec"), .key("location")]
            var problem = own.document.problem(
                "mutator_error", "the location of \(own.id) contradicts that of \(other.id), so that neither changes anything",
                at: path, hint: "a field is an object or a list, and the elements of a list have one field that names them")
            let place = other.document.place(at: DocumentPath(path))
            problem.notes.append(
                Diagnostic.Note("the other location is here", range: other.document.range(place.keySpan ?? place.span)))
            problems.append(problem)
        }
        mutators = ObjectMutators(all.enumerated().filter { conflicts[$0.offset] == nil }.map(\.element))
    }

    private static func kind(ofBroken document: Document) -> String {
        document.root.field("spec").field("crd").field("spec").field("names").field("kind").stringValue ?? ""
    }

    private static func duplicate(_ document: Document, _ what: String, _ first: Document) -> Diagnostic {
        var problem = document.problem(
            "policy_error", "there is another \(what)", at: [.key("metadata"), .key("name")])
        let place = first.place(at: DocumentPath([.key("metadata"), .key("name")]))
        problem.notes.append(Diagnostic.Note("the other one is here", range: first.range(place.keySpan ?? place.span)))
        return problem
    }

    private mutating func addConstraints(
        _ known: [String: ConstraintTemplate], _ broken: Set<String>, _ options: Options
    ) {
        var seen: [String: Document] = [:]
        for document in constraintDocuments {
            let kind = document.root.field("kind").stringValue ?? ""
            guard let template = known[kind] else {
                if !broken.contains(kind) { problems.append(Self.orphan(document, kind)) }
                continue
            }
            do throws(Constraint.Problem) {
                let constraint = try Constraint.read(document, of: template, excluding: exclusions)
                if let first = seen[constraint.id] {
                    if first.root == document.root { continue }
                    problems.append(Self.duplicate(document, "constraint \(constraint.id)", first))
                    continue
                }
                seen[constraint.id] = document
                if template.shape == nil, !template.keepsUnknownParameters, constraint.parameters.count > 0,
                    constraint.parameters.kind == .object
                {
                    problems.append(
                        template.document.problem(
                            "template_error", "\(kind) has no schema, so the API server drops the parameters of its constraints",
                            at: [.key("spec"), .key("crd"), .key("spec")],
                            hint: "describe the parameters in spec.crd.spec.validation.openAPIV3Schema"))
                    continue
                }
                if template.language == .cel { continue }
                guard let action = constraint.enforcement.action(at: options.point) else {
                    problems.append(
                        Diagnostic(
                            code: "constraint_idle", severity: .note,
                            message: "the constraint \(constraint.id) is not enforced at \(options.point.rawValue)",
                            range: document.range(document.rootSpan)))
                    continue
                }
                pairs.append(Pair(constraint, of: template, action: action))
            } catch {
                problems.append(error.diagnostic)
            }
        }
    }

    private static func orphan(_ document: Document, _ kind: String) -> Diagnostic {
        document.problem(
            "constraint_error", "no template defines the kind \(kind)", at: [.key("kind")],
            hint: "give the ConstraintTemplate with --policy too")
    }

    /// What is left out is told.
    private mutating func addRemarks(_ options: Options) {
        for template in templates where template.language == .cel {
            let message = "the template \(template.kind) is written in CEL alone, which is not evaluated yet"
            problems.append(
                options.skipsCEL
                    ? Diagnostic(
                        code: "template_skipped", severity: .warning, message: "\(message): its constraints are skipped",
                        range: template.document.range(template.document.rootSpan))
                    : template.document.problem(
                        "template_error", message, at: [.key("spec"), .key("targets")],
                        hint: "give its policy in Rego too, or skip such templates with --skip-cel"))
        }
    }
}
