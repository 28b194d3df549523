package import Diagnostics
package import Documents
import Inputs
import Schemas

/// A constraint: an object of the kind that a template defines, which says what the template is to judge, by which
/// parameters, and what a violation leads to.
package final class Constraint: Sendable {
    package static let group = "constraints.gatekeeper.sh"
    private static let versions = ["v1beta1", "v1alpha1"]

    package let document: Document
    package let kind: String
    package let name: String
    package let match: ConstraintMatch
    package let enforcement: Enforcement
    /// `spec.parameters` with the defaults of the schema; undefined when there is none.
    package let parameters: Value
    /// Keeps `parameters` alive.
    private let filled: Document?

    private init(
        document: Document, kind: String, name: String, match: ConstraintMatch, enforcement: Enforcement,
        parameters: Value, filled: Document?
    ) {
        self.document = document
        self.kind = kind
        self.name = name
        self.match = match
        self.enforcement = enforcement
        self.parameters = parameters
        self.filled = filled
    }

    /// What people know it by: `K8sAllowedRepos/prod-repo-is-openpolicyagent`.
    package var id: String { "\(kind)/\(name)" }
    /// The file that holds it.
    package var path: String { document.source?.path ?? "" }

    /// What is wrong with a constraint.
    package struct Problem: Error, Sendable {
        package var diagnostic: Diagnostic
        /// Whether the schema of the parameters refuses it.
        package var isOfSchema: Bool
    }

    /// Reads a constraint of a template's kind.
    /// - Parameter exclusions: namespaces in which nothing is enforced.
    /// - Throws: the first problem.
    package static func read(
        _ document: Document, of template: ConstraintTemplate, excluding exclusions: [NameGlob] = []
    ) throws(Problem) -> Constraint {
        let root = document.root
        var problems: [Problem] = []
        func fail(_ message: String, _ steps: [DocumentPath.Step], isOfSchema: Bool = false) {
            let diagnostic = document.problem("constraint_error", message, at: steps)
            problems.append(Problem(diagnostic: diagnostic, isOfSchema: isOfSchema))
        }
        let type = GroupVersionKind(
            apiVersion: root.field("apiVersion").stringValue ?? "", kind: root.field("kind").stringValue ?? "")
        if type.kind != template.kind { fail("the kind is not \(template.kind)", [.key("kind")]) }
        if type.group != group || !versions.contains(type.version) {
            fail("the apiVersion of a constraint is \(group)/v1beta1", [.key("apiVersion")])
        }
        let name = root.field("metadata").field("name").stringValue ?? ""
        if !isName(name) { fail("\"\(name)\" is no name of a constraint", [.key("metadata"), .key("name")]) }
        if name.utf8.count > 63 {
            fail("the name of a constraint has at most 63 characters", [.key("metadata"), .key("name")], isOfSchema: true)
        }
        let spec = root.field("spec")
        switch spec.kind {
        case .object, .undefined, .null: break
        default: fail("spec is an object", [.key("spec")], isOfSchema: true)
        }
        var match = ConstraintMatch(spec.field("match")) { fail($0, [.key("spec"), .key("match")] + $1, isOfSchema: true) }
        match.exclude(exclusions)
        let enforcement = Enforcement(spec) { fail($0, [.key("spec")] + $1) }
        let written = spec.field("parameters")
        let parameters = written.kind == .null ? .undefined : written
        var filled: Document?
        if let shape = template.shape, parameters.isDefined {
            let place = document.place(at: DocumentPath([.key("spec"), .key("parameters")]))
            let part = Document(
                arena: Arena.make(capacity: 64), root: parameters, rootSpan: place.span, partOf: document)
            let release = TypeCatalogue.builtin.newest
            for fault in CustomObjectCheck.faults(ofValueIn: part, shape, release: release) {
                let range = fault.span.flatMap { document.range($0) } ?? document.range(place.span)
                let hint = fault.hint
                let diagnostic = Diagnostic(
                    code: "constraint_error", message: "parameters: \(fault.message)", range: range, hint: hint)
                problems.append(Problem(diagnostic: diagnostic, isOfSchema: true))
            }
            let arena = Arena.make(capacity: 1024)
            filled = Document(arena: arena, root: Defaulting(in: arena).defaulted(parameters, shape), owner: document)
        }
        if let problem = problems.first { throw problem }
        return Constraint(
            document: document, kind: template.kind, name: name, match: match, enforcement: enforcement,
            parameters: filled?.root ?? parameters, filled: filled)
    }

    /// Lower-case words with dots and dashes, as the API server has names of objects.
    private static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 253 else { return false }
        func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
        return isPlain(first) && isPlain(last)
            && bytes.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}
