import Diagnostics
import Documents
import RegoRuntime

/// What is said about a reference.
struct Hover {
    var kind: String
    var title: String
    var text = ""
    var definition: SourceRange?
    /// Whether it is about the whole reference, not its last name.
    var isWhole = false

    init?(_ reference: Reference, _ scope: Scope) {
        if let node = Self.field(reference, scope) {
            self = node
        } else if let name = reference.dotted, let builtin = BuiltinHelp.byName[name == "print" ? "internal.print" : name] {
            self.init(kind: "builtin", title: builtin.signature.replacing("internal.print", with: "print"), text: builtin.text)
            isWhole = true
        } else if let rule = Self.rule(reference, scope) {
            self.init(
                kind: rule.isFunction ? "function" : "rule", title: rule.signature, text: rule.text, definition: rule.range)
        } else if let path = scope.dataPath(reference) {
            guard !scope.rules(of: path).isEmpty || !scope.packages(below: path).isEmpty else {
                guard let last = path.last, let member = scope.dataMembers(at: path.dropLast()).first(where: { $0.name == last })
                else { return nil }
                self.init(kind: "field", title: "data.\(path.joined(separator: ".")): \(member.value.typeName)")
                text = ValueText.term(member.value, limit: 300)
                return
            }
            self.init(kind: "package", title: (["data"] + path).joined(separator: "."))
            text = scope.rules(of: path).map(\.name).filter { !$0.hasPrefix("test_") }.joined(separator: ", ")
        } else if reference.isBare, let keyword = Keywords.all.first(where: { $0.name == reference.head }) {
            self.init(kind: "keyword", title: keyword.name, text: keyword.text)
        } else {
            return nil
        }
    }

    private init(kind: String, title: String, text: String = "", definition: SourceRange? = nil) {
        (self.kind, self.title, self.text, self.definition) = (kind, title, text, definition)
    }

    private static func field(_ reference: Reference, _ scope: Scope) -> Hover? {
        guard let node = scope.node(reference) else { return nil }
        let sample = node.values.first.map { "In the input: \(ValueText.term($0, limit: 200))." } ?? ""
        guard case .some(.some(let name)) = reference.steps.last else {
            let types = scope.typeNames(of: node).joined(separator: " | ")
            return Hover(kind: "field", title: types.isEmpty ? reference.head : "\(reference.head): \(types)", text: sample)
        }
        var parent = reference
        parent.steps.removeLast()
        guard let above = scope.node(parent), let field = scope.fields(of: above).first(where: { $0.name == name }) else {
            return nil
        }
        let isSample = field.text.hasPrefix("In the input") || sample.isEmpty
        let text = isSample ? field.text : field.text.isEmpty ? sample : "\(field.text) \(sample)"
        return Hover(kind: "field", title: "\(name): \(field.type)", text: text)
    }

    private static func rule(_ reference: Reference, _ scope: Scope) -> RuleHelp? {
        if let path = scope.dataPath(reference), let name = path.last {
            return scope.rules(of: path.dropLast()).first { $0.name == name }
        }
        return scope.rules(of: scope.package).first { $0.name == reference.head }
    }
}
